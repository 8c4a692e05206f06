// Made by `npm run api` from contracts/http/certificates.json.

export interface paths {
    "/api/certificates/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 管辖范围内的待批事项 */
        get: operations["list_approvals_api_certificates_v1_approvals_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/approvals/{approval_id}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 批准，立即生效 */
        post: operations["give_approval_api_certificates_v1_approvals__approval_id__approval_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/approvals/{approval_id}/refusal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 不批准，或撤回本人提出的 */
        post: operations["give_refusal_api_certificates_v1_approvals__approval_id__refusal_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 本人的或管辖范围内的证书，默认新的在前 */
        get: operations["list_certificates_api_certificates_v1_certificates_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/certificates/{certificate_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一份证书的登记信息 */
        get: operations["get_certificate_api_certificates_v1_certificates__certificate_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/certificates/{certificate_id}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 本人证书被核验的记录（按小时汇总，匿名核验者不留身份），新的在前 */
        get: operations["list_checks_api_certificates_v1_certificates__certificate_id__checks_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/certificates/{certificate_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 下载证书 PDF */
        get: operations["download_file_api_certificates_v1_certificates__certificate_id__file_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/certificates/{certificate_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 证书状态的变化，先发生的在前 */
        get: operations["get_history_api_certificates_v1_certificates__certificate_id__history_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/certificates/{certificate_id}/reinstatement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 恢复已暂停的证书 */
        post: operations["reinstate_api_certificates_v1_certificates__certificate_id__reinstatement_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/certificates/{certificate_id}/reissue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 信息更正后换发；新证书发布前原证书保持有效 */
        post: operations["reissue_api_certificates_v1_certificates__certificate_id__reissue_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/certificates/{certificate_id}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 证书文件的各个版本（后一版本以前一版本的全部字节开头） */
        get: operations["list_revisions_api_certificates_v1_certificates__certificate_id__revisions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/certificates/{certificate_id}/revocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 提出撤销证书，由另一人批准后生效 */
        post: operations["revoke_api_certificates_v1_certificates__certificate_id__revocation_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/certificates/{certificate_id}/suspension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 暂停证书效力（一人办理，立即生效） */
        post: operations["suspend_api_certificates_v1_certificates__certificate_id__suspension_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/downloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 本人提交的批量下载，新的在前 */
        get: operations["list_downloads_api_certificates_v1_downloads_get"];
        put?: never;
        /** 批量下载：后台制作，完成后保留 7 天 */
        post: operations["order_api_certificates_v1_downloads_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/downloads/{download_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一项批量下载的进度 */
        get: operations["get_download_api_certificates_v1_downloads__download_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/downloads/{download_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 取回批量下载的文件（可断点续传） */
        get: operations["download_file_api_certificates_v1_downloads__download_id__file_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/intents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 制证任务：本人的或管辖范围内的，先到的在前 */
        get: operations["list_intents_api_certificates_v1_intents_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/intents/{intent_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一项制证任务 */
        get: operations["get_intent_api_certificates_v1_intents__intent_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/intents/{intent_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 重新检查并办理（隔离的文件除外） */
        post: operations["retry_api_certificates_v1_intents__intent_id__retry_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 批量任务的进度 */
        get: operations["get_job_api_certificates_v1_jobs__job_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/jobs/{job_id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 原表加结果列 */
        get: operations["get_result_api_certificates_v1_jobs__job_id__result_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/log/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 日志只增不改的证明 */
        get: operations["get_consistency_api_certificates_v1_log_consistency_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/log/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 日志条目，按次序 */
        get: operations["list_entries_api_certificates_v1_log_entries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/log/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 最新的签名根 */
        get: operations["get_head_api_certificates_v1_log_head_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/log/inclusion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 证书某一状态已载入日志的证明 */
        get: operations["get_inclusion_api_certificates_v1_log_inclusion_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/mass-revocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 管辖范围内和本人提交的批量撤销，新的在前 */
        get: operations["list_jobs_api_certificates_v1_mass_revocations_get"];
        put?: never;
        /** 按文件提出批量撤销（xlsx、csv，不超过一万行），由另一人批准后办理 */
        post: operations["hand_in_api_certificates_v1_mass_revocations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/parked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 停放的消息：各队列的数量、原因和最早的若干条 */
        get: operations["list_parked_api_certificates_v1_parked_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/parked/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 重放一个队列的全部停放消息 */
        post: operations["replay_queue_api_certificates_v1_parked_replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/parked/{message_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 重放一条停放的消息 */
        post: operations["replay_message_api_certificates_v1_parked__message_id__replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/quarantines/{quarantine_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 提出作废重签或重新检查，由另一人批准后办理 */
        post: operations["propose_api_certificates_v1_quarantines__quarantine_id__decision_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/quarantines/{quarantine_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 隔离文件，装在标明不得使用的压缩包里；每次下载记录在案 */
        get: operations["download_api_certificates_v1_quarantines__quarantine_id__file_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/seal-returns/{ticket}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 签章服务送回签章后的文件（凭地址中的一次性票据，无需令牌） */
        post: operations["deliver_api_certificates_v1_seal_returns__ticket__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/seals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 管辖范围内的电子签章 */
        get: operations["list_seals_api_certificates_v1_seals_get"];
        put?: never;
        /** 申请启用电子签章（随后由系统核验签章证书） */
        post: operations["apply_api_certificates_v1_seals_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/seals/{seal_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一枚电子签章及其通道状况 */
        get: operations["get_seal_api_certificates_v1_seals__seal_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/seals/{seal_id}/application": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 电子签章启用申请（附件 2，PDF） */
        get: operations["get_application_api_certificates_v1_seals__seal_id__application_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/seals/{seal_id}/drawing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 证书上印章的矢量图 */
        get: operations["get_drawing_api_certificates_v1_seals__seal_id__drawing_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/seals/{seal_id}/filing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 省厅提出备案启用，由省厅另一人批准后生效 */
        post: operations["file_api_certificates_v1_seals__seal_id__filing_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/seals/{seal_id}/impression": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 上传的印模（已去除附加信息） */
        get: operations["get_impression_api_certificates_v1_seals__seal_id__impression_get"];
        put?: never;
        /** 上传专用章印模（PNG、JPEG，2 MB 以内），证书上的印章据此描摹 */
        post: operations["hand_in_api_certificates_v1_seals__seal_id__impression_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/seals/{seal_id}/reinstatement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 省厅提出恢复使用，由省厅另一人批准后生效 */
        post: operations["reinstate_api_certificates_v1_seals__seal_id__reinstatement_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/seals/{seal_id}/suspension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 停用电子签章（一人办理，立即生效） */
        post: operations["suspend_api_certificates_v1_seals__seal_id__suspension_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 本人的分享码及其使用记录，新的在前 */
        get: operations["list_shares_api_certificates_v1_shares_get"];
        put?: never;
        /** 生成分享码 */
        post: operations["make_api_certificates_v1_shares_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/shares/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 凭分享码查看（无需登录） */
        get: operations["look_api_certificates_v1_shares__code__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/shares/{code}/certificates/{certificate_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 凭分享码下载证书 PDF（无需登录） */
        get: operations["shared_file_api_certificates_v1_shares__code__certificates__certificate_id__file_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/shares/{share_id}/revocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 撤销本人的分享码，立即生效 */
        post: operations["revoke_api_certificates_v1_shares__share_id__revocation_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/signatures/{signature_id}/acknowledgement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 无档签名核查完毕；平台从未提交的签名须由省厅另一人批准 */
        post: operations["give_acknowledgement_api_certificates_v1_signatures__signature_id__acknowledgement_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 各表单的样式版本及比对图 */
        get: operations["list_templates_api_certificates_v1_templates_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/templates/{form}/{version}/comparisons/{sample}/{picture}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 比对图：现用版本、新版本、差异 */
        get: operations["get_picture_api_certificates_v1_templates__form___version__comparisons__sample___picture__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/templates/{form}/{version}/proposal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 省厅提出启用新样式（先生成比对图），由省厅另一人批准后生效 */
        post: operations["propose_api_certificates_v1_templates__form___version__proposal_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/v1/work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 需要有人处理的事项：超时、隔离、待办、无档签名、日志漏记的签名、签章日志读不到；以及已核查的签名 */
        get: operations["list_work_api_certificates_v1_work_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/forms/{form}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 按表单数据生成 PDF（数据格式见 contracts/forms） */
        post: operations["print_form_internal_forms__form__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Accepted */
        Accepted: {
            /**
             * Intent Id
             * Format: uuid
             */
            intent_id: string;
        };
        /** Acknowledged */
        Acknowledged: {
            /**
             * Acknowledged
             * @description 是否已从待办清单移出；须两人办理的，批准后移出
             */
            acknowledged: boolean;
            /**
             * Approval Id
             * @description 待批事项编号；一人即可办理的为空
             */
            approval_id: string | null;
            /**
             * Signature Id
             * Format: uuid
             */
            signature_id: string;
        };
        /** Acknowledgement */
        Acknowledgement: {
            /**
             * Reason
             * @description 核查结论（不得包含个人信息）
             */
            reason: string;
        };
        /** ApprovalPage */
        ApprovalPage: {
            /** Items */
            items: components["schemas"]["ApprovalView"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** ApprovalView */
        ApprovalView: {
            /**
             * Approval Id
             * Format: uuid
             */
            approval_id: string;
            /** Kind */
            kind: string;
            /**
             * Lapses At
             * Format: date-time
             */
            lapses_at: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Outcome */
            outcome: string | null;
            /** Payload */
            payload: {
                [key: string]: unknown;
            };
            /**
             * Proposed At
             * Format: date-time
             */
            proposed_at: string;
            /** Proposer */
            proposer: string;
            /** Subject */
            subject: string;
        };
        /** Body_hand_in_api_certificates_v1_mass_revocations_post */
        Body_hand_in_api_certificates_v1_mass_revocations_post: {
            /**
             * Dry Run
             * @description 只检查，不提出
             * @default false
             */
            dry_run?: boolean;
            /**
             * File
             * @description 表头：证书管理号、年度、理由代码、弄虚作假
             */
            file: string;
        };
        /** Body_hand_in_api_certificates_v1_seals__seal_id__impression_post */
        Body_hand_in_api_certificates_v1_seals__seal_id__impression_post: {
            /**
             * File
             * @description 圆形红色印模，白底或透明底，居中
             */
            file: string;
        };
        /** CanaryView */
        CanaryView: {
            /**
             * At
             * Format: date-time
             * @description 最近一次自检时间
             */
            at: string;
            /**
             * Error
             * @description 失败原因代码
             */
            error: string | null;
            /** Last Success At */
            last_success_at: string | null;
            /**
             * Milliseconds
             * @description 自检用时
             */
            milliseconds: number;
            /** Succeeded */
            succeeded: boolean;
        };
        /** CertificateMoved */
        CertificateMoved: {
            /**
             * Certificate Id
             * Format: uuid
             */
            certificate_id: string;
            state: components["schemas"]["CertificateState"];
        };
        /**
         * CertificateOrder
         * @description Which certificates come first in a list.
         * @enum {string}
         */
        CertificateOrder: "newest" | "oldest";
        /** CertificatePage */
        CertificatePage: {
            /** Items */
            items: components["schemas"]["CertificateView"][];
            /**
             * Next Cursor
             * @description 下一页的 cursor；没有更多时为空
             */
            next_cursor: string | null;
        };
        /**
         * CertificateState
         * @enum {string}
         */
        CertificateState: "valid" | "suspended" | "superseded" | "revoked";
        /** CertificateView */
        CertificateView: {
            /**
             * Attention
             * @description 提请发证单位注意的事项
             */
            attention: string | null;
            /** Attention Text */
            attention_text: string | null;
            /**
             * Certificate Id
             * Format: uuid
             */
            certificate_id: string;
            /** Employer Name */
            employer_name: string;
            /** File Sha256 */
            file_sha256: string;
            /**
             * Issued On
             * Format: date
             */
            issued_on: string;
            /** Management Number */
            management_number: string;
            /** Name */
            name: string;
            /**
             * Office Id
             * Format: uuid
             */
            office_id: string;
            /** Office Name */
            office_name: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Professional Tenths */
            professional_tenths: number;
            /** Public Tenths */
            public_tenths: number;
            state: components["schemas"]["CertificateState"];
            /** State Reason */
            state_reason: string | null;
            /** Supersedes */
            supersedes: string | null;
            /** Title Level */
            title_level: string;
            /**
             * Total Tenths
             * @description 学时合计（十分之一学时）
             */
            total_tenths: number;
            /** Version */
            version: number;
            /** Year */
            year: number;
        };
        /** ChangeView */
        ChangeView: {
            /**
             * Actor Kind
             * @description platform 平台、holder 持证人、office 发证单位
             */
            actor_kind: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Fraud
             * @description 因弄虚作假
             */
            fraud: boolean;
            /** Reason Code */
            reason_code: string | null;
            /** Reason Text */
            reason_text: string | null;
            state: components["schemas"]["CertificateState"];
        };
        /** CheckPage */
        CheckPage: {
            /** Items */
            items: components["schemas"]["CheckView"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** CheckView */
        CheckView: {
            /**
             * Client Name
             * @description 核验系统的名称（client）
             */
            client_name: string | null;
            /** Count */
            count: number;
            /**
             * Hour
             * Format: date-time
             * @description 这一小时内
             */
            hour: string;
            /**
             * Organisation Name
             * @description 查询单位（office、batch）
             */
            organisation_name: string | null;
            /**
             * Purpose
             * @description 单位所填的目的（office、batch）
             */
            purpose: ("title_review" | "appointment" | "inspection" | "complaint") | null;
            /**
             * Verifier
             * @description qr 扫描二维码 · number_and_name 按管理号和姓名查询 · document 上传文件检验 · office 单位查询 · batch 单位批量核查 · client 其他系统核验 · share 分享码
             * @enum {string}
             */
            verifier: "qr" | "number_and_name" | "document" | "office" | "batch" | "client" | "share";
        };
        /** ComparisonView */
        ComparisonView: {
            /**
             * After
             * @description 新版本的图，PNG 下载地址
             */
            after: string;
            /**
             * Against
             * @description 与之比较的版本
             */
            against: string;
            /**
             * Before
             * @description 现用版本的图，PNG 下载地址
             */
            before: string;
            /** Changed Pixels */
            changed_pixels: number;
            /**
             * Difference
             * @description 差异图，PNG 下载地址
             */
            difference: string;
            /** Pixels */
            pixels: number;
            /** Sample */
            sample: string;
        };
        /** ConsistencyView */
        ConsistencyView: {
            /** First */
            first: number;
            /**
             * Path
             * @description RFC 6962 的一致性证明
             */
            path: string[];
            /** Second */
            second: number;
        };
        /** Correction */
        Correction: {
            /**
             * Reason Code
             * @description 理由代码
             * @example under_review
             */
            reason_code: string;
        };
        /** Decided */
        Decided: {
            /**
             * Approval Id
             * Format: uuid
             */
            approval_id: string;
            /** Outcome */
            outcome: string;
        };
        /** Decision */
        Decision: {
            /**
             * Reason
             * @description 理由（不得包含个人信息）
             * @default
             */
            reason?: string;
            /**
             * Reason Code
             * @description 理由代码
             * @example under_review
             */
            reason_code: string;
        };
        /** DecisionAboutFile */
        DecisionAboutFile: {
            /** @description discard 作废重签：文件留存备查，证书重新制作并送签；examine_again 重新检查：由当前的回收检查再次判断同一文件，不能人为放行 */
            decision: components["schemas"]["QuarantineDecision"];
            /**
             * Reason
             * @description 理由（不得包含个人信息）
             */
            reason: string;
        };
        /** DownloadOrder */
        DownloadOrder: {
            /**
             * Format
             * @description merged_pdf 双面打印用的合并件（不含有效电子签名）；zip 签章原件
             * @enum {string}
             */
            format: "merged_pdf" | "zip";
            /**
             * Person Ids
             * @description 哪些人员；缺省为管辖范围内全部
             */
            person_ids?: string[] | null;
            /** Year */
            year: number;
        };
        /** DownloadPage */
        DownloadPage: {
            /** Items */
            items: components["schemas"]["DownloadView"][];
            /**
             * Next Cursor
             * @description 下一页的 cursor；没有更多时为空
             */
            next_cursor: string | null;
        };
        /** DownloadView */
        DownloadView: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Done */
            done: number;
            /**
             * Download Id
             * Format: uuid
             */
            download_id: string;
            /**
             * Expires At
             * @description 文件保留至
             */
            expires_at: string | null;
            /** File Bytes */
            file_bytes: number | null;
            /** File Sha256 */
            file_sha256: string | null;
            /**
             * Format
             * @enum {string}
             */
            format: "merged_pdf" | "zip";
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "working" | "ready" | "failed" | "expired";
            /**
             * Total
             * @description 证书份数
             */
            total: number;
            /** Year */
            year: number;
        };
        /** FailedCheck */
        FailedCheck: {
            /**
             * Check
             * @description 未通过的检查
             * @example seal_box
             */
            check: string;
            /**
             * Detail
             * @description 供技术人员查看的英文说明，不含个人信息
             */
            detail: string;
            /**
             * Remedy
             * @description 应当怎样处理
             */
            remedy: string;
            /**
             * Text
             * @description 意味着什么
             * @example 印章不在规定的位置，或不可见
             */
            text: string;
        };
        /** History */
        History: {
            /** Items */
            items: components["schemas"]["ChangeView"][];
        };
        /** InclusionView */
        InclusionView: {
            /** Aggregate Version */
            aggregate_version: number;
            /**
             * Certificate Id
             * Format: uuid
             */
            certificate_id: string;
            /**
             * Leaf
             * @description 条目原文；条目散列 = SHA-256(0x00 ‖ 原文)
             */
            leaf: string;
            /** Leaf Hash */
            leaf_hash: string;
            /**
             * Path
             * @description RFC 6962 的路径，自下而上
             */
            path: string[];
            /** Position */
            position: number;
            /** Size */
            size: number;
        };
        /** IntentPage */
        IntentPage: {
            /** Items */
            items: components["schemas"]["IntentView"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * IntentState
         * @enum {string}
         */
        IntentState: "planned" | "parked" | "rendered" | "sealing" | "quarantined" | "cancelled" | "issued";
        /** IntentView */
        IntentView: {
            /** Attempts */
            attempts: number;
            /** Certificate Id */
            certificate_id: string | null;
            /** Completion */
            completion: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Deadline At
             * Format: date-time
             */
            deadline_at: string;
            /**
             * Intent Id
             * Format: uuid
             */
            intent_id: string;
            /** @description 等待签章时：排位与通道状况 */
            lane: components["schemas"]["PlaceView"] | null;
            /** Last Error */
            last_error: string | null;
            /** Next Attempt At */
            next_attempt_at: string | null;
            /** Office Id */
            office_id: string | null;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /**
             * Quarantines
             * @description 未通过检查而隔离的文件，先发生的在前；只给经办人员看
             */
            quarantines: components["schemas"]["QuarantineView"][];
            /** Reason Code */
            reason_code: string | null;
            state: components["schemas"]["IntentState"];
            /**
             * Task
             * @description 需要办理的事项
             */
            task: string | null;
            /** Year */
            year: number;
        };
        /** JobAccepted */
        JobAccepted: {
            /**
             * Approval Id
             * @description 待批事项编号；试运行时为空
             */
            approval_id: string | null;
            /**
             * Job Id
             * Format: uuid
             */
            job_id: string;
            /**
             * Outcomes
             * @description 各结果的行数
             */
            outcomes: {
                [key: string]: number;
            };
        };
        /** JobPage */
        JobPage: {
            /** Items */
            items: components["schemas"]["JobView"][];
            /**
             * Next Cursor
             * @description 下一页的 cursor；没有更多时为空
             */
            next_cursor: string | null;
        };
        /** JobView */
        JobView: {
            /** Approval Id */
            approval_id: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Finished At */
            finished_at: string | null;
            /**
             * Job Id
             * Format: uuid
             */
            job_id: string;
            /** Outcomes */
            outcomes: {
                [key: string]: number;
            };
            /**
             * Own
             * @description 是否由本人提交
             */
            own: boolean;
            /** Rows */
            rows: number;
            /**
             * Settled
             * @description 已有结果的行数
             */
            settled: number;
            /**
             * State
             * @description examined 试运行、proposed 待批、refused、approved 办理中、done
             */
            state: string;
        };
        /**
         * LaneState
         * @enum {string}
         */
        LaneState: "flowing" | "waiting" | "stopped" | "expired";
        /** LaneView */
        LaneView: {
            /**
             * Calls
             * @description 此刻正在进行的请求数（各工作进程合计）
             */
            calls: number;
            /**
             * Documents Last Minute
             * @description 最近一分钟送签的件数
             */
            documents_last_minute: number;
            /**
             * Failures
             * @description 连续失败次数
             */
            failures: number;
            /**
             * In Hand
             * @description 其中正在办理的件数
             */
            in_hand: number;
            /** Last Error */
            last_error: string | null;
            /** Last Success At */
            last_success_at: string | null;
            /** Next Attempt At */
            next_attempt_at: string | null;
            /**
             * Oldest At
             * @description 最早一件何时开始
             */
            oldest_at: string | null;
            /** @description 该签章服务的限额，各工作进程合计不超过 */
            pace: components["schemas"]["PaceView"];
            /**
             * Since
             * @description 自何时起不畅通
             */
            since: string | null;
            /** @description 通道状况：畅通、等待签章服务、已停用、证书到期 */
            state: components["schemas"]["LaneState"];
            /**
             * Waiting
             * @description 等待签章的件数
             */
            waiting: number;
        };
        /** LogEntryPage */
        LogEntryPage: {
            /** Items */
            items: components["schemas"]["LogEntryView"][];
        };
        /** LogEntryView */
        LogEntryView: {
            /**
             * Leaf
             * @description 条目原文；条目散列 = SHA-256(0x00 ‖ 原文)
             */
            leaf: string;
            /** Leaf Hash */
            leaf_hash: string;
            /** Position */
            position: number;
        };
        /** PaceView */
        PaceView: {
            /**
             * Batch
             * @description 每次请求件数上限
             */
            batch: number;
            /**
             * Concurrency
             * @description 同时进行的请求数上限（整份 PDF 按件计）
             */
            concurrency: number;
            /**
             * Linger Ms
             * @description 凑批等待毫秒数
             */
            linger_ms: number;
            /**
             * Per Second
             * @description 每秒件数上限
             */
            per_second: number;
        };
        /**
         * ParkedMessage
         * @description One parked message, without its content.
         */
        ParkedMessage: {
            /**
             * Aggregate Id
             * @description 事件所属对象的编号
             */
            aggregate_id: string | null;
            /**
             * Deliveries
             * @description 停放前交付处理的次数；0 表示不详
             */
            deliveries: number;
            /** Event Id */
            event_id: string | null;
            /**
             * Event Type
             * @description 事件类型；信封无法识别时为空
             */
            event_type: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Parked At
             * Format: date-time
             */
            parked_at: string;
            /**
             * Reason
             * @description 停放原因（程序给出，不含个人信息）
             */
            reason: string;
            /**
             * Replay Requested At
             * @description 已要求重放、尚未送回的时间
             */
            replay_requested_at: string | null;
            /**
             * Replays
             * @description 此前已重放的次数
             */
            replays: number;
        };
        /**
         * ParkedOverview
         * @description Every queue of this service that has parked messages.
         */
        ParkedOverview: {
            /** Queues */
            queues: components["schemas"]["ParkedQueue"][];
        };
        /**
         * ParkedQueue
         * @description One queue's parked messages.
         */
        ParkedQueue: {
            /**
             * Count
             * @description 停放总数
             */
            count: number;
            /**
             * Items
             * @description 最早的若干条
             */
            items: components["schemas"]["ParkedMessage"][];
            /**
             * Oldest At
             * Format: date-time
             */
            oldest_at: string;
            /** Queue */
            queue: string;
        };
        /** PlaceView */
        PlaceView: {
            /**
             * Expected At
             * @description 预计下次办理时间；通道停用时为空
             */
            expected_at: string | null;
            /**
             * Position
             * @description 在签章通道中排第几位
             */
            position: number;
            /**
             * Reason
             * @description 等待的原因代码
             */
            reason: string | null;
            /**
             * Refusal
             * @description 签章服务不予签章的理由代码
             */
            refusal: string | null;
            /**
             * Since
             * @description 通道自何时起不畅通
             */
            since: string | null;
            state: components["schemas"]["LaneState"];
        };
        /**
         * Problem
         * @description RFC 9457：办不成时的答复，code 固定不变，detail 说明原因，remedy 说明该怎么办
         */
        Problem: {
            code: string;
            detail: string;
            /** @description 有误的一项，JSON pointer */
            field?: string;
            /** @description 422：逐项列出 */
            fields?: {
                field: string;
                reason: string;
            }[];
            remedy?: string;
            request_id: string;
            status: number;
            title: string;
            type: string;
        };
        /** Proposed */
        Proposed: {
            /**
             * Approval Id
             * Format: uuid
             * @description 待批事项编号
             */
            approval_id: string;
        };
        /**
         * QuarantineDecision
         * @enum {string}
         */
        QuarantineDecision: "discard" | "examine_again";
        /**
         * QuarantineState
         * @enum {string}
         */
        QuarantineState: "open" | "examining" | "discarded" | "released" | "cancelled";
        /** QuarantineView */
        QuarantineView: {
            /** Code */
            code: string;
            /**
             * Examinations
             * @description 检查过几次
             */
            examinations: number;
            /**
             * Examined At
             * Format: date-time
             * @description 最近一次检查的时间
             */
            examined_at: string;
            /**
             * Failed
             * @description 最近一次检查未通过的项目
             */
            failed: components["schemas"]["FailedCheck"][];
            /**
             * File
             * @description 隔离文件的下载地址；下载会记录在案
             */
            file: string;
            /** File Sha256 */
            file_sha256: string;
            /**
             * Quarantine Id
             * Format: uuid
             */
            quarantine_id: string;
            /**
             * Quarantined At
             * Format: date-time
             */
            quarantined_at: string;
            /** @description open 待处理、examining 等待重新检查、discarded 已作废、released 重新检查通过、cancelled 年度重开或另行办理 */
            state: components["schemas"]["QuarantineState"];
        };
        /**
         * QueueToReplay
         * @description Which queue is to be replayed as a whole.
         */
        QueueToReplay: {
            /** Queue */
            queue: string;
        };
        /** Reissued */
        Reissued: {
            /**
             * Corrections
             * @description 将更正的项目
             */
            corrections: string[];
            /**
             * Intent Id
             * Format: uuid
             * @description 制证任务编号；原证书在新证书发布前保持有效
             */
            intent_id: string;
        };
        /**
         * ReplayRequested
         * @description How many messages were newly asked for; they go back within seconds.
         */
        ReplayRequested: {
            /** Queue */
            queue: string;
            /** Requested */
            requested: number;
        };
        /** RevisionView */
        RevisionView: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "sealed" | "validated" | "renewed";
            /**
             * Made At
             * Format: date-time
             */
            made_at: string;
            /** Revision */
            revision: number;
            /** Sha256 */
            sha256: string;
            /** Size Bytes */
            size_bytes: number;
            /**
             * Stamp Ends At
             * @description 时间戳证书的截止时间，到期前自动续加
             */
            stamp_ends_at: string | null;
            /**
             * Stamped At
             * @description 可信时间戳的时间
             */
            stamped_at: string | null;
        };
        /** RevisionsView */
        RevisionsView: {
            /**
             * Attempts
             * @description 已连续失败的次数
             */
            attempts: number;
            /** Items */
            items: components["schemas"]["RevisionView"][];
            /** Last Error */
            last_error: string | null;
            /**
             * Next Due At
             * @description 下一次加盖时间戳的时间
             */
            next_due_at: string | null;
        };
        /** Revocation */
        Revocation: {
            /**
             * Fraud
             * @description 是否因弄虚作假
             * @default false
             */
            fraud?: boolean;
            /**
             * Reason
             * @description 理由（不得包含个人信息）
             * @default
             */
            reason?: string;
            /**
             * Reason Code
             * @description 理由代码
             * @example under_review
             */
            reason_code: string;
        };
        /** SealApplication */
        SealApplication: {
            /**
             * Credential Id
             * @description 签章服务中的凭据编号
             */
            credential_id: string;
            /**
             * Endpoint
             * @description 运维登记的签章服务名称
             */
            endpoint: string;
            /**
             * Face
             * @description 证书上的印章：generated 由系统按名称绘制，impression 按随后上传的印模描摹
             * @default generated
             * @enum {string}
             */
            face?: "generated" | "impression";
            /**
             * Name
             * @description XXX专业技术人员继续教育专用章
             */
            name: string;
            /**
             * Office Id
             * Format: uuid
             * @description 发证单位
             */
            office_id: string;
        };
        /** SealMoved */
        SealMoved: {
            /**
             * Seal Id
             * Format: uuid
             */
            seal_id: string;
            state: components["schemas"]["SealState"];
        };
        /** SealPage */
        SealPage: {
            /** Items */
            items: components["schemas"]["SealView"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * SealState
         * @enum {string}
         */
        SealState: "applied" | "inspected" | "rejected" | "active" | "suspended" | "replaced";
        /** SealView */
        SealView: {
            /** @description 签章通道每日自检；尚未自检时为空 */
            canary: components["schemas"]["CanaryView"] | null;
            /**
             * Canary Out Since
             * @description 自检页自何时起在签章服务处待办
             */
            canary_out_since: string | null;
            /** Credential Id */
            credential_id: string;
            /**
             * Development
             * @description 测试签章，不具法律效力
             */
            development: boolean | null;
            /**
             * Drawing Sha256
             * @description 证书上印章的矢量图；尚未确定时为空
             */
            drawing_sha256: string | null;
            /** Endpoint */
            endpoint: string;
            /**
             * Face
             * @description generated 由系统按名称绘制，impression 按印模描摹
             */
            face: string;
            /**
             * Impression Sha256
             * @description 上传的印模；尚未上传时为空
             */
            impression_sha256: string | null;
            /** @description 签章通道状况；尚未启用时为空 */
            lane: components["schemas"]["LaneView"] | null;
            /** Last Error */
            last_error: string | null;
            /** Name */
            name: string;
            /**
             * Office Id
             * Format: uuid
             */
            office_id: string;
            /**
             * Seal Id
             * Format: uuid
             */
            seal_id: string;
            /** Signer Sha256 */
            signer_sha256: string | null;
            state: components["schemas"]["SealState"];
            /** State Reason */
            state_reason: string | null;
            /** Valid Until */
            valid_until: string | null;
        };
        /** ShareMade */
        ShareMade: {
            /**
             * Code
             * @description 分享码，只显示这一次
             * @example 7K3M9QX2ABCD
             */
            code: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /**
             * Share Id
             * Format: uuid
             */
            share_id: string;
        };
        /** ShareOrder */
        ShareOrder: {
            /**
             * Ends At
             * Format: date-time
             * @description 有效至，最长 90 天
             */
            ends_at: string;
            /**
             * Years
             * @description 出示哪些年度
             */
            years: number[];
        };
        /** SharePage */
        SharePage: {
            /** Items */
            items: components["schemas"]["ShareView"][];
            /**
             * Next Cursor
             * @description 下一页的 cursor；没有更多时为空
             */
            next_cursor: string | null;
        };
        /** ShareRevoked */
        ShareRevoked: {
            /**
             * Share Id
             * Format: uuid
             */
            share_id: string;
        };
        /** ShareView */
        ShareView: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /** Newest Uses */
            newest_uses: components["schemas"]["UseView"][];
            /** Revoked At */
            revoked_at: string | null;
            /**
             * Share Id
             * Format: uuid
             */
            share_id: string;
            /**
             * Uses
             * @description 被查看的次数
             */
            uses: number;
            /** Years */
            years: number[];
        };
        /** Shared */
        Shared: {
            /** Certificates */
            certificates: components["schemas"]["SharedCertificate"][];
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
        };
        /**
         * SharedCertificate
         * @description What is printed on the certificate, and its state now.
         */
        SharedCertificate: {
            /**
             * Certificate Id
             * Format: uuid
             */
            certificate_id: string;
            /** Employer Name */
            employer_name: string;
            /** File Sha256 */
            file_sha256: string;
            /** Identity Masked */
            identity_masked: string;
            /**
             * Issued On
             * Format: date
             */
            issued_on: string;
            /** Management Number */
            management_number: string;
            /** Name */
            name: string;
            /** Office Name */
            office_name: string;
            /** Professional Tenths */
            professional_tenths: number;
            /** Public Tenths */
            public_tenths: number;
            /** Sex */
            sex: string;
            state: components["schemas"]["CertificateState"];
            /** Title Level */
            title_level: string;
            /**
             * Total Tenths
             * @description 学时合计（十分之一学时）
             */
            total_tenths: number;
            /** Version */
            version: number;
            /** Year */
            year: number;
        };
        /** TemplateList */
        TemplateList: {
            /** Items */
            items: components["schemas"]["TemplateView"][];
        };
        /** TemplateView */
        TemplateView: {
            /** Comparisons */
            comparisons: components["schemas"]["ComparisonView"][];
            /**
             * Digest
             * @description 样式全部文件的 SHA-256
             */
            digest: string;
            /** Form */
            form: string;
            /** Live Since */
            live_since: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "draft" | "proposed" | "live" | "retired";
            /** Version */
            version: string;
        };
        /** TreeHeadView */
        TreeHeadView: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Key Id */
            key_id: string;
            /**
             * Public Key
             * @description Ed25519 公钥；请与另行公布的公钥核对
             */
            public_key: string;
            /** Root Hash */
            root_hash: string;
            /** Signature */
            signature: string;
            /**
             * Signed
             * @description 被签名的文本（contracts/log/profile.md）
             */
            signed: string;
            /** Size */
            size: number;
        };
        /** UseView */
        UseView: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Viewer
             * @description phone 手机；computer 电脑；program 程序
             */
            viewer: string;
            /**
             * What
             * @description detail 看了内容；file 下载了文件
             */
            what: string;
        };
        /** WorkItem */
        WorkItem: {
            /** Attempts */
            attempts: number | null;
            /**
             * Endpoint
             * @description 签章服务
             */
            endpoint: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Intent Id */
            intent_id: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "overdue" | "quarantined" | "parked" | "orphans" | "acknowledged" | "logs" | "omissions";
            /** Last Error */
            last_error: string | null;
            /** Office Id */
            office_id: string | null;
            /**
             * Position
             * @description 在签章服务日志中的位置
             */
            position: number | null;
            /** @description 隔离的文件：未通过的检查与处理办法 */
            quarantine: components["schemas"]["QuarantineView"] | null;
            /** Reason Code */
            reason_code: string | null;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /**
             * State
             * @description 制证任务状态；签章记录为 orphan 或 unknown；读不到的签章日志为 unread；日志漏记的签名为 omitted
             */
            state: string;
            /**
             * Task
             * @description 要做什么；已核查的签名为核查结论
             */
            task: string | null;
        };
        /** WorkPage */
        WorkPage: {
            /** Items */
            items: components["schemas"]["WorkItem"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_approvals_api_certificates_v1_approvals_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalPage"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_approval_api_certificates_v1_approvals__approval_id__approval_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                approval_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decided"];
                };
            };
            /** @description chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.approval_by_same_person · chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.approval_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.approval_decided · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.approval_lapsed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_refusal_api_certificates_v1_approvals__approval_id__refusal_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                approval_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decided"];
                };
            };
            /** @description chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.approval_by_same_person · chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.approval_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.approval_decided · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.approval_lapsed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_certificates_api_certificates_v1_certificates_get: {
        parameters: {
            query?: {
                year?: number | null;
                state?: components["schemas"]["CertificateState"][] | null;
                /** @description 只看提请注意的 */
                attention?: boolean;
                /** @description newest 新的在前，oldest 早的在前 */
                sort?: components["schemas"]["CertificateOrder"];
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificatePage"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_certificate_api_certificates_v1_certificates__certificate_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                certificate_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateView"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_checks_api_certificates_v1_certificates__certificate_id__checks_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                certificate_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckPage"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_file_api_certificates_v1_certificates__certificate_id__file_get: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string | null;
                /** @description 续传的部分 */
                Range?: string | null;
                /** @description 续传时所持文件的 ETag */
                "if-range"?: string | null;
            };
            path: {
                certificate_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 加盖电子签章的证书 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /** @description 所要求的部分（Range） */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description 文件没有变化 */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description 没有所要求的部分 */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_history_api_certificates_v1_certificates__certificate_id__history_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                certificate_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reinstate_api_certificates_v1_certificates__certificate_id__reinstatement_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                certificate_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateMoved"];
                };
            };
            /** @description certificates.reason_unknown · chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden · certificates.own_certificate */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_state_conflict · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reissue_api_certificates_v1_certificates__certificate_id__reissue_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                certificate_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Correction"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reissued"];
                };
            };
            /** @description certificates.reason_unknown · chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_state_conflict · certificates.nothing_to_correct · certificates.issue_under_way · certificates.year_under_review · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_revisions_api_certificates_v1_certificates__certificate_id__revisions_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                certificate_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionsView"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_api_certificates_v1_certificates__certificate_id__revocation_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                certificate_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Revocation"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposed"];
                };
            };
            /** @description certificates.reason_unknown · chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden · certificates.own_certificate */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_state_conflict · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspend_api_certificates_v1_certificates__certificate_id__suspension_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                certificate_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateMoved"];
                };
            };
            /** @description certificates.reason_unknown · chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden · certificates.own_certificate */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_state_conflict · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_downloads_api_certificates_v1_downloads_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DownloadPage"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    order_api_certificates_v1_downloads_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DownloadOrder"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DownloadView"];
                };
            };
            /** @description certificates.download_empty · certificates.download_too_large · chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.download_limit_reached · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_download_api_certificates_v1_downloads__download_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                download_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DownloadView"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.download_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_file_api_certificates_v1_downloads__download_id__file_get: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string | null;
                /** @description 续传的部分 */
                Range?: string | null;
                /** @description 续传时所持文件的 ETag */
                "if-range"?: string | null;
            };
            path: {
                download_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 合并打印件或压缩包 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/zip": unknown;
                };
            };
            /** @description 所要求的部分（Range） */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description 文件没有变化 */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.download_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.download_not_ready */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.download_expired */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description 没有所要求的部分 */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_intents_api_certificates_v1_intents_get: {
        parameters: {
            query?: {
                state?: components["schemas"]["IntentState"][] | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentPage"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_intent_api_certificates_v1_intents__intent_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                intent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.intent_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retry_api_certificates_v1_intents__intent_id__retry_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                intent_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.intent_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.intent_state_conflict · certificates.quarantine_needs_two · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_job_api_certificates_v1_jobs__job_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.job_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_result_api_certificates_v1_jobs__job_id__result_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 结果文件 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv; charset=utf-8": unknown;
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.job_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.job_result_gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_consistency_api_certificates_v1_log_consistency_get: {
        parameters: {
            query: {
                first: number;
                second: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsistencyView"];
                };
            };
            /** @description certificates.log_size_unknown */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.log_not_signed */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_entries_api_certificates_v1_log_entries_get: {
        parameters: {
            query?: {
                /** @description 从第几条起（首条为 0） */
                start?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogEntryPage"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_head_api_certificates_v1_log_head_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TreeHeadView"];
                };
            };
            /** @description certificates.log_not_signed */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_inclusion_api_certificates_v1_log_inclusion_get: {
        parameters: {
            query: {
                certificate_id: string;
                /** @description 证书状态的版本号 */
                aggregate_version: number;
                /** @description 证明所对应的树大小；缺省为最新签名根 */
                size?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InclusionView"];
                };
            };
            /** @description certificates.log_size_unknown */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.log_entry_not_found · certificates.log_entry_not_signed · certificates.log_not_signed */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_jobs_api_certificates_v1_mass_revocations_get: {
        parameters: {
            query?: {
                state?: ("examined" | "proposed" | "refused" | "approved" | "done") | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hand_in_api_certificates_v1_mass_revocations_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_hand_in_api_certificates_v1_mass_revocations_post"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobAccepted"];
                };
            };
            /** @description certificates.table_unreadable · certificates.table_too_long · certificates.table_column_missing · certificates.table_sheets_many · certificates.nothing_to_revoke · chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.table_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.table_readers_busy */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_parked_api_certificates_v1_parked_get: {
        parameters: {
            query?: {
                /** @description 只看一个队列 */
                queue?: string | null;
                /** @description 每个队列列出的条数 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedOverview"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replay_queue_api_certificates_v1_parked_replay_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueToReplay"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayRequested"];
                };
            };
            /** @description chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replay_message_api_certificates_v1_parked__message_id__replay_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayRequested"];
                };
            };
            /** @description chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.parked_message_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    propose_api_certificates_v1_quarantines__quarantine_id__decision_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                quarantine_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecisionAboutFile"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposed"];
                };
            };
            /** @description chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.own_certificate · chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.quarantine_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.quarantine_state_conflict · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_api_certificates_v1_quarantines__quarantine_id__file_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                quarantine_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 隔离文件与检查结果 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.quarantine_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deliver_api_certificates_v1_seal_returns__ticket__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticket: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/pdf": string;
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description certificates.seal_return_unreadable */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_return_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_return_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_seals_api_certificates_v1_seals_get: {
        parameters: {
            query?: {
                office_id?: string | null;
                /** @description 几天内到期 */
                expiring?: number | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealPage"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    apply_api_certificates_v1_seals_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SealApplication"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealView"];
                };
            };
            /** @description certificates.office_does_not_issue · certificates.seal_endpoint_unknown · certificates.seal_endpoint_of_other_office · certificates.seal_name_wrong · chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_trusted · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_seal_api_certificates_v1_seals__seal_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                seal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealView"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_application_api_certificates_v1_seals__seal_id__application_get: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string | null;
                /** @description 续传的部分 */
                Range?: string | null;
                /** @description 续传时所持文件的 ETag */
                "if-range"?: string | null;
            };
            path: {
                seal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /** @description 所要求的部分（Range） */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description 文件没有变化 */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description certificates.form_glyph_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_drawn */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description 没有所要求的部分 */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.form_printing_failed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_drawing_api_certificates_v1_seals__seal_id__drawing_get: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string | null;
                /** @description 续传的部分 */
                Range?: string | null;
                /** @description 续传时所持文件的 ETag */
                "if-range"?: string | null;
            };
            path: {
                seal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": unknown;
                };
            };
            /** @description 所要求的部分（Range） */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description 文件没有变化 */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_drawn */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description 没有所要求的部分 */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    file_api_certificates_v1_seals__seal_id__filing_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                seal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposed"];
                };
            };
            /** @description chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_inspected · certificates.seal_not_drawn · certificates.seal_not_trusted · certificates.seal_state_conflict · certificates.proposal_open · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_impression_api_certificates_v1_seals__seal_id__impression_get: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string | null;
                /** @description 续传的部分 */
                Range?: string | null;
                /** @description 续传时所持文件的 ETag */
                "if-range"?: string | null;
            };
            path: {
                seal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                };
            };
            /** @description 所要求的部分（Range） */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description 文件没有变化 */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_drawn */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description 没有所要求的部分 */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hand_in_api_certificates_v1_seals__seal_id__impression_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                seal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_hand_in_api_certificates_v1_seals__seal_id__impression_post"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealView"];
                };
            };
            /** @description certificates.impression_too_many_pixels · certificates.impression_too_small · certificates.impression_background · certificates.impression_off_centre · certificates.impression_not_round · certificates.impression_tilted · certificates.impression_not_red · certificates.impression_illegible · chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.impression_not_wanted · certificates.seal_state_conflict · certificates.proposal_open · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.impression_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.impression_unreadable */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.impression_not_examined */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reinstate_api_certificates_v1_seals__seal_id__reinstatement_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                seal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposed"];
                };
            };
            /** @description chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_trusted · certificates.seal_state_conflict · certificates.proposal_open · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspend_api_certificates_v1_seals__seal_id__suspension_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                seal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealMoved"];
                };
            };
            /** @description chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.seal_state_conflict · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_shares_api_certificates_v1_shares_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharePage"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_api_certificates_v1_shares_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareOrder"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareMade"];
                };
            };
            /** @description certificates.share_ends_wrong · certificates.share_year_unknown · chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.share_limit_reached · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    look_api_certificates_v1_shares__code__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 分享码 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shared"];
                };
            };
            /** @description certificates.share_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shared_file_api_certificates_v1_shares__code__certificates__certificate_id__file_get: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string | null;
                /** @description 续传的部分 */
                Range?: string | null;
                /** @description 续传时所持文件的 ETag */
                "if-range"?: string | null;
            };
            path: {
                /** @description 分享码 */
                code: string;
                certificate_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 加盖电子签章的证书 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /** @description 所要求的部分（Range） */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description 文件没有变化 */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description certificates.share_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.certificate_state_conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description 没有所要求的部分 */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_api_certificates_v1_shares__share_id__revocation_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                share_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareRevoked"];
                };
            };
            /** @description chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.share_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_acknowledgement_api_certificates_v1_signatures__signature_id__acknowledgement_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                signature_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acknowledgement"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Acknowledged"];
                };
            };
            /** @description chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.own_certificate · chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.signature_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.signature_state_conflict · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_templates_api_certificates_v1_templates_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateList"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_picture_api_certificates_v1_templates__form___version__comparisons__sample___picture__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
                version: string;
                sample: string;
                picture: "before" | "after" | "difference";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.template_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    propose_api_certificates_v1_templates__form___version__proposal_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                form: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposed"];
                };
            };
            /** @description chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.template_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.template_state_conflict · certificates.proposal_open · chassis.idempotency_key_reused */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.template_altered */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_work_api_certificates_v1_work_get: {
        parameters: {
            query: {
                kind: "overdue" | "quarantined" | "parked" | "orphans" | "acknowledged" | "logs" | "omissions";
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkPage"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    print_form_internal_forms__form__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                form: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /** @description certificates.form_data_invalid · certificates.form_glyph_missing · certificates.form_too_long */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.form_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.body_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description chassis.unprocessable */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description certificates.form_printing_failed */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
