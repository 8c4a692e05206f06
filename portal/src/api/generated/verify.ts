// Made by `npm run api` from contracts/http/verify.json.

export interface paths {
    "/api/verify/v1/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 本人提交的批量核查 */
        get: operations["show_all_api_verify_v1_batches_get"];
        put?: never;
        /** 提交批量核查 */
        post: operations["ask_api_verify_v1_batches_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/batches/{batch_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 批量核查的进度 */
        get: operations["show_api_verify_v1_batches__batch_id__get"];
        put?: never;
        post?: never;
        /** 删除批量核查及其结果 */
        delete: operations["remove_api_verify_v1_batches__batch_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/batches/{batch_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 下载批量核查的结果 */
        get: operations["download_api_verify_v1_batches__batch_id__file_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/client/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 核验过的证书的变动（不便接收通知时定时查询，保存 90 天） */
        get: operations["fetch_changes_api_verify_v1_client_changes_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/client/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 核验一份证书 */
        post: operations["check_one_api_verify_v1_client_check_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/client/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 核验一批证书（不超过 100 份） */
        post: operations["check_many_api_verify_v1_client_checks_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/client/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 通知的发送情况 */
        get: operations["show_deliveries_api_verify_v1_client_deliveries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/client/deliveries/retries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 重新发送全部失败的通知 */
        post: operations["retry_all_api_verify_v1_client_deliveries_retries_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/client/deliveries/{delivery_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 重新发送一条失败的通知 */
        post: operations["retry_one_api_verify_v1_client_deliveries__delivery_id__retry_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/client/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 通知地址 */
        get: operations["show_api_verify_v1_client_webhook_get"];
        /** 设置通知地址 */
        put: operations["put_api_verify_v1_client_webhook_put"];
        post?: never;
        /** 取消通知 */
        delete: operations["remove_api_verify_v1_client_webhook_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/client/webhook/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 更换签名密钥，过渡期内新旧密钥同时签名 */
        post: operations["rotate_api_verify_v1_client_webhook_secret_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/client/webhook/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 发送一条测试通知 */
        post: operations["test_api_verify_v1_client_webhook_test_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/clients/{client_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 接口用户的通知发送情况（省级管理员、运维人员） */
        get: operations["show_deliveries_of_api_verify_v1_clients__client_id__deliveries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/clients/{client_id}/deliveries/retries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 为接口用户重新发送全部失败的通知 */
        post: operations["retry_all_of_api_verify_v1_clients__client_id__deliveries_retries_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 上传证书文件检验真伪 */
        post: operations["check_document_api_verify_v1_documents_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/lookups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 按证书管理号和姓名查验 */
        post: operations["find_by_number_api_verify_v1_lookups_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/office-lookups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 单位按身份证件号码或证书管理号查验 */
        post: operations["find_for_office_api_verify_v1_office_lookups_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/parked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 停放的消息：各队列的数量、原因和最早的若干条 */
        get: operations["list_parked_api_verify_v1_parked_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/parked/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 重放一个队列的全部停放消息 */
        post: operations["replay_queue_api_verify_v1_parked_replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/parked/{message_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 重放一条停放的消息 */
        post: operations["replay_message_api_verify_v1_parked__message_id__replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/receipt-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 核验回执的公钥 */
        get: operations["show_keys_api_verify_v1_receipt_keys_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 为二维码查验出具核验回执 */
        post: operations["issue_receipt_api_verify_v1_receipts_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/v1/receipts/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 查阅核验回执 */
        get: operations["show_receipt_api_verify_v1_receipts__code__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 平台公钥清单（由离线根密钥签名） */
        get: operations["show_key_list_v_keys_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 有哪些状态清单 */
        get: operations["show_status_lists_v_status_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v/status/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 证书状态清单（供离线核验） */
        get: operations["show_status_list_v_status__number__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * 扫描证书二维码核验
         * @description Describe the route; ``Checking`` in front of this application has answered it.
         */
        get: operations["check_certificate"];
        put?: never;
        /**
         * 扫描证书二维码后核对姓名全称
         * @description Describe the form of the page; answered in front like the page itself.
         */
        post: operations["match_name"];
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
        /** BatchAsked */
        BatchAsked: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /**
         * BatchForm
         * @description A table with a header.
         *
         *     It has a column 证书管理号 or 身份证件号码, and of 姓名, 年度, 学时, 工作单位 what is known.
         */
        BatchForm: {
            /**
             * File
             * @description xlsx 或 csv，不超过 10 万行、10 MB
             */
            file: string;
            /**
             * Purpose
             * @description 核查目的，写入审计
             * @enum {string}
             */
            purpose: "title_review" | "appointment" | "inspection" | "complaint";
        };
        /** BatchList */
        BatchList: {
            /** Batches */
            batches: components["schemas"]["BatchView"][];
        };
        /** BatchView */
        BatchView: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Done
             * @description 已核查的行数
             */
            done: number;
            /**
             * Expires At
             * Format: date-time
             * @description 此后结果不再保存
             */
            expires_at: string;
            /** Finished At */
            finished_at: string | null;
            /**
             * Format
             * @enum {string}
             */
            format: "xlsx" | "csv";
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Matched
             * @description 有效且所填各项一致的行数
             */
            matched: number;
            /**
             * Problem
             * @description 未能完成的原因
             */
            problem: string | null;
            /**
             * Purpose
             * @enum {string}
             */
            purpose: "title_review" | "appointment" | "inspection" | "complaint";
            /**
             * Rows
             * @description 行数，开始处理后才知道
             */
            rows: number | null;
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "running" | "finished" | "failed";
        };
        /** Body_match_name */
        Body_match_name: {
            /**
             * Name
             * @description 姓名全称；不保存、不记录
             * @default
             */
            name?: string;
        };
        /**
         * CertificateCheck
         * @description How a certificate stands, with what is needed to compare it with paper or file.
         */
        CertificateCheck: {
            /**
             * As Of
             * @description 登记信息截至此刻完整；只有已撤销的结果可能为空
             */
            as_of: string | null;
            /** Checks */
            checks: components["schemas"]["Check"][];
            /**
             * Employer Name
             * @description 工作单位
             */
            employer_name: string;
            /**
             * Identity Masked
             * @description 证件号码，中间隐去，与证书所印一致
             */
            identity_masked: string;
            /**
             * Issued On
             * @description 发证日期
             */
            issued_on: string;
            /**
             * Management Number
             * @description 证书管理号
             */
            management_number: string;
            /**
             * Name Masked
             * @description 姓名，首字以外隐去
             */
            name_masked: string;
            /**
             * Office Name
             * @description 发证单位，与证书所载一致
             */
            office_name: string;
            /**
             * Office Name Now
             * @description 发证单位现名，未更名时为空
             */
            office_name_now: string | null;
            /**
             * Official Host
             * @description 官方核验网址
             */
            official_host: string;
            /**
             * Professional Tenths
             * @description 其中专业科目
             */
            professional_tenths: number;
            /**
             * Public Tenths
             * @description 其中公需科目
             */
            public_tenths: number;
            /**
             * Record Digest
             * @description 电子证书数据摘要的前 8 字节，与二维码中所载比对
             */
            record_digest: string;
            /**
             * Sex
             * @description 性别：male、female；未知为空
             */
            sex: string;
            /**
             * State
             * @enum {string}
             */
            state: "valid" | "suspended" | "superseded" | "revoked";
            /**
             * Status Index
             * @description 在状态清单中的位置
             */
            status_index: number | null;
            /** @description 已被新版取代的，新版的版次和签发日期 */
            successor: components["schemas"]["Successor"] | null;
            /**
             * Title Level
             * @description 职称层级
             */
            title_level: string;
            /**
             * Total Tenths
             * @description 总学时，十分之一学时为单位
             */
            total_tenths: number;
            /**
             * Version
             * @description 该年度证书的版次
             */
            version: number;
            /**
             * Year
             * @description 年度
             */
            year: number;
        };
        /**
         * CertificateClaim
         * @description A certificate by its code, or by number and name together, and what is claimed of it.
         * @example {
         *       "employer_name": "郑州市第一人民医院",
         *       "management_number": "41038517264970",
         *       "name": "张三",
         *       "reference": "2026-职称-000127",
         *       "total_tenths": 900,
         *       "year": 2026
         *     }
         * @example {
         *       "token": "T5X3M1N0V7Q2K8R4W9A6B0C1D2E3F4G5H6J7"
         *     }
         */
        CertificateClaim: {
            /**
             * Employer Name
             * @description 所称工作单位
             */
            employer_name?: string | null;
            /**
             * Management Number
             * @description 证书管理号，须与姓名同时填写
             */
            management_number?: string | null;
            /**
             * Name
             * @description 全名；填写查验码时可不填，填了就比对
             */
            name?: string | null;
            /**
             * Reference
             * @description 调用方自己的编号，原样返回，不保存
             */
            reference?: string | null;
            /**
             * Token
             * @description 二维码中的查验码
             */
            token?: string | null;
            /**
             * Total Tenths
             * @description 所称总学时，十分之一学时为单位
             */
            total_tenths?: number | null;
            /**
             * Year
             * @description 年度
             */
            year?: number | null;
        };
        /**
         * ChangeData
         * @description Nothing personal: the client knows which certificate it asked about.
         */
        ChangeData: {
            /**
             * Certificate Id
             * Format: uuid
             * @description 核验时返回的证书标识
             */
            certificate_id: string;
            /**
             * Previous State
             * @description 上次告知的状态
             */
            previous_state: string;
            /**
             * State
             * @enum {string}
             */
            state: "valid" | "suspended" | "superseded" | "revoked";
            /**
             * Version
             * @description 只增不减；收到更小的版本应当忽略
             */
            version: number;
        };
        /** ChangePage */
        ChangePage: {
            /** Changes */
            changes: components["schemas"]["ChangeView"][];
            /**
             * More
             * @description 还有更多，请立即再查
             */
            more: boolean;
            /**
             * Next
             * @description 下次查询的 since
             */
            next: number;
        };
        /** ChangeView */
        ChangeView: {
            data: components["schemas"]["ChangeData"];
            /**
             * Id
             * @description 与通知的 webhook-id 相同
             * @example msg_0190a1b2c3d47e5f8a
             */
            id: string;
            /** Number */
            number: number;
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
            /**
             * Type
             * @example certificate.revoked
             */
            type: string;
        };
        /**
         * Check
         * @description One check and its own outcome.
         */
        Check: {
            /**
             * Check
             * @enum {string}
             */
            check: "token" | "registry" | "seal" | "name";
            /**
             * Outcome
             * @description token: passed|failed · registry: the state · seal: active|suspended|unknown · name: match|differs|empty|limited|could_not_check
             */
            outcome: string;
        };
        /**
         * CheckResult
         * @example {
         *       "as_of": "2026-11-23T06:00:00Z",
         *       "certificate_id": "0190a1b2-0000-7000-8000-000000000001",
         *       "fields": {
         *         "employer_name": "not_given",
         *         "name": "match",
         *         "total_tenths": "differs",
         *         "year": "match"
         *       },
         *       "outcome": "valid",
         *       "reference": "2026-职称-000127"
         *     }
         */
        CheckResult: {
            /**
             * As Of
             * @description 登记信息截至此刻完整
             */
            as_of: string | null;
            certificate: components["schemas"]["FoundCertificate"] | null;
            /**
             * Certificate Id
             * @description 证书标识；以后的变动通知以此指明证书
             */
            certificate_id: string | null;
            fields: components["schemas"]["FieldVerdicts"];
            /**
             * Outcome
             * @description could_not_check 不表示证书无效，请稍后重试
             * @enum {string}
             */
            outcome: "valid" | "suspended" | "superseded" | "revoked" | "not_found" | "token_invalid" | "could_not_check";
            /** Reference */
            reference: string | null;
        };
        /**
         * CheckView
         * @example {
         *       "as_of": "2026-11-23T06:00:00Z",
         *       "certificate_id": "0190a1b2-0000-7000-8000-000000000001",
         *       "fields": {
         *         "employer_name": "not_given",
         *         "name": "match",
         *         "total_tenths": "differs",
         *         "year": "match"
         *       },
         *       "outcome": "valid",
         *       "reference": "2026-职称-000127"
         *     }
         */
        CheckView: {
            /**
             * As Of
             * @description 登记信息截至此刻完整
             */
            as_of: string | null;
            certificate: components["schemas"]["FoundCertificate"] | null;
            /**
             * Certificate Id
             * @description 证书标识；以后的变动通知以此指明证书
             */
            certificate_id: string | null;
            fields: components["schemas"]["FieldVerdicts"];
            /** Official Host */
            official_host: string;
            /**
             * Outcome
             * @description could_not_check 不表示证书无效，请稍后重试
             * @enum {string}
             */
            outcome: "valid" | "suspended" | "superseded" | "revoked" | "not_found" | "token_invalid" | "could_not_check";
            /** Reference */
            reference: string | null;
        };
        /** ChecksRequest */
        ChecksRequest: {
            /** Checks */
            checks: components["schemas"]["CertificateClaim"][];
            /**
             * Receipt
             * @description 同时出具核验回执
             * @default false
             */
            receipt?: boolean;
        };
        /** ChecksView */
        ChecksView: {
            /** Official Host */
            official_host: string;
            receipt: components["schemas"]["ReceiptView"] | null;
            /**
             * Results
             * @description 与提交的顺序相同
             */
            results: components["schemas"]["CheckResult"][];
        };
        /**
         * ComparedField
         * @description One fact of the registry, compared with what the file shows.
         */
        ComparedField: {
            /** Field */
            field: string;
            /**
             * File
             * @description 文件所写；未读到时为空
             */
            file: string | null;
            /** Label */
            label: string;
            /**
             * Outcome
             * @description same 一致 · differs 不一致 · not_found 版面上未读到
             * @enum {string}
             */
            outcome: "same" | "differs" | "not_found";
            /**
             * Places
             * @description 在版面上的位置，一行一处
             */
            places: components["schemas"]["PlaceView"][];
            /**
             * Registry
             * @description 登记内容；姓名隐去
             */
            registry: string;
        };
        /** DeliveryPage */
        DeliveryPage: {
            /** Items */
            items: components["schemas"]["DeliveryView"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** DeliveryQueued */
        DeliveryQueued: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /** DeliveryView */
        DeliveryView: {
            /** Attempts */
            attempts: number;
            /** Certificate Id */
            certificate_id: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Ended At */
            ended_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Last Problem
             * @description timeout、connection、tls、address_refused、status_500 等
             */
            last_problem: string | null;
            /**
             * Next At
             * Format: date-time
             */
            next_at: string;
            /**
             * State
             * @description recorded 未设通知地址，仅供查询 · pending 待发送或待重试 · delivered 已送达 · dead 多次失败，不再自动重试
             * @enum {string}
             */
            state: "recorded" | "pending" | "delivered" | "dead";
            /** Type */
            type: string;
        };
        /**
         * Difference
         * @description One fact that the file says differently from the registry.
         */
        Difference: {
            /**
             * Box
             * @description 左、下、右、上，单位磅，自页面左下角
             */
            box: [
                number,
                number,
                number,
                number
            ] | null;
            /** Field */
            field: string;
            /**
             * File
             * @description 文件所写
             */
            file: string;
            /** Label */
            label: string;
            /**
             * Page
             * @description 第几页，从 0 起
             */
            page: number | null;
            /**
             * Registry
             * @description 登记内容；姓名隐去
             */
            registry: string;
            /** Sentence */
            sentence: string;
            /**
             * Source
             * @description page 版面文字 · record 所附电子记录
             * @enum {string}
             */
            source: "page" | "record";
        };
        /** DocumentCheck */
        DocumentCheck: {
            /**
             * Check
             * @description code 二维码 · signature 签章完整 · chain 证书链 · seal 发证单位备案的专用章 · coverage 盖章后无改动 · file 与登记的文件一致 · record 所附电子记录 · text 版面文字
             * @enum {string}
             */
            check: "code" | "signature" | "chain" | "seal" | "coverage" | "file" | "record" | "text";
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "passed" | "failed" | "absent" | "not_checked";
        };
        /**
         * DocumentForm
         * @description What is handed in; nothing of it is kept.
         */
        DocumentForm: {
            /**
             * File
             * @description PDF，不超过 2 MB
             */
            file: string;
            /**
             * Pictures
             * @description 同时返回前两页的图像，供在图上标出
             * @default false
             */
            pictures?: boolean;
            /**
             * Receipt
             * @description 同时出具核验回执
             * @default false
             */
            receipt?: boolean;
        };
        /** DocumentView */
        DocumentView: {
            /** @description 登记中的这份证书 */
            certificate: components["schemas"]["FoundCertificate"] | null;
            /** Checks */
            checks: components["schemas"]["DocumentCheck"][];
            /** Detail */
            detail: string;
            /** Differences */
            differences: components["schemas"]["Difference"][];
            /**
             * Fields
             * @description 逐项比对；登记库中无此证书时为空
             */
            fields: components["schemas"]["ComparedField"][];
            /** Official Host */
            official_host: string;
            /** Pages */
            pages: components["schemas"]["PageView"][];
            receipt: components["schemas"]["ReceiptView"] | null;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "genuine" | "altered" | "foreign" | "unreadable";
        };
        /**
         * FieldVerdicts
         * @description What is claimed against what is registered; ``not_given`` was not compared.
         */
        FieldVerdicts: {
            employer_name: components["schemas"]["Verdict"];
            name: components["schemas"]["Verdict"];
            total_tenths: components["schemas"]["Verdict"];
            year: components["schemas"]["Verdict"];
        };
        /**
         * FoundCertificate
         * @description How one certificate stands, with what is needed to compare it with paper or file.
         */
        FoundCertificate: {
            /**
             * As Of
             * @description 登记信息截至此刻完整
             */
            as_of: string | null;
            /**
             * Employer Name
             * @description 工作单位
             */
            employer_name: string;
            /**
             * Identity Masked
             * @description 证件号码，中间隐去
             */
            identity_masked: string;
            /**
             * Issued On
             * @description 发证日期
             */
            issued_on: string;
            /**
             * Management Number
             * @description 证书管理号
             */
            management_number: string;
            /**
             * Name Masked
             * @description 姓名，首字以外隐去
             */
            name_masked: string;
            /**
             * Office Name
             * @description 发证单位，与证书所载一致
             */
            office_name: string;
            /**
             * Office Name Now
             * @description 发证单位现名，未更名时为空
             */
            office_name_now: string | null;
            /**
             * Professional Tenths
             * @description 其中专业科目
             */
            professional_tenths: number;
            /**
             * Public Tenths
             * @description 其中公需科目
             */
            public_tenths: number;
            /**
             * Seal
             * @description 发证单位专用章状态
             * @enum {string}
             */
            seal: "active" | "suspended" | "unknown";
            /**
             * Sex
             * @description 性别：male、female；未知为空
             */
            sex: string;
            /**
             * State
             * @enum {string}
             */
            state: "valid" | "suspended" | "superseded" | "revoked";
            /**
             * Title Level
             * @description 职称层级
             */
            title_level: string;
            /**
             * Total Tenths
             * @description 总学时，十分之一学时为单位
             */
            total_tenths: number;
            /**
             * Version
             * @description 该年度证书的版次
             */
            version: number;
            /**
             * Year
             * @description 年度
             */
            year: number;
        };
        /**
         * KeySetView
         * @description JSON Web Key Set.
         */
        KeySetView: {
            /** Keys */
            keys: {
                [key: string]: string;
            }[];
        };
        /**
         * LookupRequest
         * @description A number alone opens nothing: the name is the second factor.
         */
        LookupRequest: {
            /**
             * Management Number
             * @description 证书管理号
             */
            management_number: string;
            /**
             * Name
             * @description 证书所载姓名，全名
             */
            name: string;
            /**
             * Receipt
             * @description 同时出具核验回执
             * @default false
             */
            receipt?: boolean;
            /**
             * Year
             * @description 只查这一年度
             */
            year?: number | null;
        };
        /** LookupView */
        LookupView: {
            /**
             * Certificates
             * @description 新的在前
             */
            certificates: components["schemas"]["FoundCertificate"][];
            /**
             * Official Host
             * @description 官方核验网址
             */
            official_host: string;
            receipt: components["schemas"]["ReceiptView"] | null;
        };
        /**
         * OfficeLookupRequest
         * @description ID number or management number, one of them; the name opens what lies elsewhere.
         */
        OfficeLookupRequest: {
            /** Id Number */
            id_number?: string | null;
            /** Management Number */
            management_number?: string | null;
            /** Name */
            name?: string | null;
            /**
             * Purpose
             * @description 查询目的，写入审计
             * @enum {string}
             */
            purpose: "title_review" | "appointment" | "inspection" | "complaint";
            /**
             * Receipt
             * @description 同时出具核验回执
             * @default false
             */
            receipt?: boolean;
            /**
             * Year
             * @description 只查这一年度
             */
            year?: number | null;
        };
        /**
         * PageView
         * @description One page as shown.
         */
        PageView: {
            /**
             * Height
             * @description 高，磅
             */
            height: number;
            /**
             * Picture
             * @description 页面图像，JPEG，base64；不超过 300 KB，仅前两页
             */
            picture: string | null;
            /**
             * Width
             * @description 宽，磅
             */
            width: number;
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
        /**
         * PlaceView
         * @description One line of a fact on a page as shown.
         */
        PlaceView: {
            /**
             * Box
             * @description 左、上、右、下，单位磅，自所示页面左上角
             */
            box: [
                number,
                number,
                number,
                number
            ];
            /**
             * Page
             * @description 第几页，从 0 起
             */
            page: number;
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
        /**
         * QueueToReplay
         * @description Which queue is to be replayed as a whole.
         */
        QueueToReplay: {
            /** Queue */
            queue: string;
        };
        /** ReceiptRequest */
        ReceiptRequest: {
            /**
             * Token
             * @description 二维码中的查验码
             */
            token: string;
        };
        /**
         * ReceiptView
         * @description A signed statement of what a check found at one moment; it does not change afterwards.
         */
        ReceiptView: {
            /**
             * Code
             * @description 回执编号，凭此编号可随时查阅
             */
            code: string;
            /**
             * Says
             * @description 签名内容
             */
            says: {
                [key: string]: unknown;
            };
            /**
             * Signed
             * @description JWS（EdDSA），公钥见 receipt-keys
             */
            signed: string;
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
        /** Retried */
        Retried: {
            /**
             * Count
             * @description 重新发送的通知数
             */
            count: number;
        };
        /**
         * StatusListsView
         * @description Status List Aggregation of the standard.
         */
        StatusListsView: {
            /**
             * Status Lists
             * @description 每份状态清单的地址（即其 sub）
             */
            status_lists: string[];
        };
        /**
         * Successor
         * @description The certificate that has taken the place of this one. Its code is on its own paper only.
         */
        Successor: {
            /**
             * Issued On
             * @description 签发日期
             */
            issued_on: string;
            /**
             * Version
             * @description 版次
             */
            version: number;
        };
        /**
         * Verdict
         * @description How one field of a claim stands against the registry.
         * @enum {string}
         */
        Verdict: "match" | "differs" | "not_found" | "not_given";
        /** WebhookKept */
        WebhookKept: {
            /**
             * Secret
             * @description 签名密钥（Standard Webhooks，HMAC-SHA256），只给出一次；未更换时为空
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=
             */
            secret: string | null;
            /** Url */
            url: string;
        };
        /** WebhookRequest */
        WebhookRequest: {
            /**
             * Url
             * @description 接收通知的 https 地址
             * @example https://review.example.gov.cn/hooks/yuzheng
             */
            url: string;
        };
        /** WebhookSecretRequest */
        WebhookSecretRequest: {
            /**
             * Overlap Hours
             * @description 新旧密钥同时签名的小时数
             * @default 24
             */
            overlap_hours?: number;
        };
        /** WebhookView */
        WebhookView: {
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /**
             * Previous Secret Until
             * @description 在此之前同时用旧密钥签名
             */
            previous_secret_until: string | null;
            /**
             * Url
             * @example https://review.example.gov.cn/hooks/yuzheng
             */
            url: string;
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
    show_all_api_verify_v1_batches_get: {
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
                    "application/json": components["schemas"]["BatchList"];
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
    ask_api_verify_v1_batches_post: {
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
                "multipart/form-data": components["schemas"]["BatchForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchAsked"];
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
            /** @description verify.table_too_large · chassis.body_too_large */
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
            /** @description verify.quota_exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_api_verify_v1_batches__batch_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
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
                    "application/json": components["schemas"]["BatchView"];
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
            /** @description verify.batch_not_found */
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
    remove_api_verify_v1_batches__batch_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
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
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.batch_not_found */
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
    download_api_verify_v1_batches__batch_id__file_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
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
            /** @description chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.batch_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.batch_not_finished */
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
    fetch_changes_api_verify_v1_client_changes_get: {
        parameters: {
            query?: {
                /** @description 上次返回的 next；第一次为 0 */
                since?: number;
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
                    "application/json": components["schemas"]["ChangePage"];
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
            /** @description chassis.forbidden · verify.client_revoked */
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
            /** @description verify.client_unknown */
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
    check_one_api_verify_v1_client_check_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CertificateClaim"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description 当日剩余次数 r 和重新计数前的秒数 t */
                    RateLimit?: string;
                    /** @description 每日次数（day）和瞬时次数（pace） */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckView"];
                };
            };
            /** @description verify.check_ambiguous */
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
            /** @description chassis.forbidden · verify.client_revoked */
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
            /** @description verify.quota_exceeded · verify.checks_too_fast */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.client_unknown · verify.could_not_check */
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
    check_many_api_verify_v1_client_checks_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChecksRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description 当日剩余次数 r 和重新计数前的秒数 t */
                    RateLimit?: string;
                    /** @description 每日次数（day）和瞬时次数（pace） */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChecksView"];
                };
            };
            /** @description verify.check_ambiguous */
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
            /** @description chassis.forbidden · verify.client_revoked */
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
            /** @description verify.quota_exceeded · verify.checks_too_fast */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.client_unknown · verify.could_not_check */
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
    show_deliveries_api_verify_v1_client_deliveries_get: {
        parameters: {
            query?: {
                state?: ("recorded" | "pending" | "delivered" | "dead") | null;
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
                    "application/json": components["schemas"]["DeliveryPage"];
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
            /** @description chassis.forbidden · verify.client_revoked */
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
            /** @description verify.client_unknown */
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
    retry_all_api_verify_v1_client_deliveries_retries_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
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
                    "application/json": components["schemas"]["Retried"];
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
            /** @description chassis.forbidden · verify.client_revoked */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.webhook_missing */
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
            /** @description verify.client_unknown */
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
    retry_one_api_verify_v1_client_deliveries__delivery_id__retry_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                delivery_id: string;
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
                    "application/json": components["schemas"]["Retried"];
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
            /** @description chassis.forbidden · verify.client_revoked */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.webhook_missing · verify.delivery_not_found */
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
            /** @description verify.client_unknown */
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
    show_api_verify_v1_client_webhook_get: {
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
                    "application/json": components["schemas"]["WebhookView"];
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
            /** @description chassis.forbidden · verify.client_revoked */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.webhook_missing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.client_unknown */
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
    put_api_verify_v1_client_webhook_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookKept"];
                };
            };
            /** @description verify.webhook_refused */
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
            /** @description chassis.forbidden · verify.client_revoked */
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
            /** @description verify.webhook_tries_limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.client_unknown */
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
    remove_api_verify_v1_client_webhook_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
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
            /** @description chassis.forbidden · verify.client_revoked */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.client_unknown */
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
    rotate_api_verify_v1_client_webhook_secret_post: {
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
                "application/json": components["schemas"]["WebhookSecretRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookKept"];
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
            /** @description chassis.forbidden · verify.client_revoked */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.webhook_missing */
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
            /** @description verify.client_unknown */
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
    test_api_verify_v1_client_webhook_test_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path?: never;
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
                    "application/json": components["schemas"]["DeliveryQueued"];
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
            /** @description chassis.forbidden · verify.client_revoked */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.webhook_missing */
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
            /** @description verify.webhook_tries_limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.client_unknown */
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
    show_deliveries_of_api_verify_v1_clients__client_id__deliveries_get: {
        parameters: {
            query?: {
                state?: ("recorded" | "pending" | "delivered" | "dead") | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                client_id: string;
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
                    "application/json": components["schemas"]["DeliveryPage"];
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
    retry_all_of_api_verify_v1_clients__client_id__deliveries_retries_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                client_id: string;
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
                    "application/json": components["schemas"]["Retried"];
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
            /** @description verify.webhook_missing */
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
    check_document_api_verify_v1_documents_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["DocumentForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentView"];
                };
            };
            /** @description verify.document_too_large · chassis.body_too_large */
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
            /** @description verify.lookups_limited · verify.examiner_busy */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.could_not_check */
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
    find_by_number_api_verify_v1_lookups_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookupRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookupView"];
                };
            };
            /** @description verify.lookup_not_found */
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
            /** @description verify.lookups_limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.could_not_check */
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
    find_for_office_api_verify_v1_office_lookups_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfficeLookupRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookupView"];
                };
            };
            /** @description verify.question_ambiguous */
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
            /** @description verify.office_lookup_not_found */
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
            /** @description verify.quota_exceeded */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.identity_unavailable · verify.could_not_check */
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
    list_parked_api_verify_v1_parked_get: {
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
    replay_queue_api_verify_v1_parked_replay_post: {
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
    replay_message_api_verify_v1_parked__message_id__replay_post: {
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
    show_keys_api_verify_v1_receipt_keys_get: {
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
                    "application/json": components["schemas"]["KeySetView"];
                };
            };
        };
    };
    issue_receipt_api_verify_v1_receipts_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReceiptRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptView"];
                };
            };
            /** @description verify.token_invalid · verify.certificate_not_found */
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
            /** @description verify.lookups_limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description verify.could_not_check */
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
    show_receipt_api_verify_v1_receipts__code__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 回执编号 */
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
                    "application/json": components["schemas"]["ReceiptView"];
                };
            };
            /** @description verify.receipt_not_found */
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
            /** @description verify.lookups_limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_key_list_v_keys_get: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description JWS，见 contracts/qr/keys.md */
            200: {
                headers: {
                    /** @description 可保存的秒数 */
                    "Cache-Control"?: string;
                    /** @description 内容不变则不变 */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/yuzheng-keys+jwt": string;
                };
            };
            /** @description 与 If-None-Match 所示相同 */
            304: {
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
            /** @description verify.key_list_unavailable */
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
    show_status_lists_v_status_get: {
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
                    "application/json": components["schemas"]["StatusListsView"];
                };
            };
            /** @description verify.status_list_unavailable */
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
    show_status_list_v_status__number__get: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string | null;
            };
            path: {
                /** @description 清单编号：状态序号除以 262144 */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description JWS，见 contracts/status/profile.md */
            200: {
                headers: {
                    /** @description 可保存的秒数 */
                    "Cache-Control"?: string;
                    /** @description 内容不变则不变 */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/statuslist+jwt": string;
                };
            };
            /** @description 与 If-None-Match 所示相同 */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description verify.status_list_not_found */
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
            /** @description verify.status_list_unavailable */
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
    check_certificate: {
        parameters: {
            query?: {
                /** @description zh 或 en，优先于 Accept-Language */
                lang?: string | null;
                /** @description large：大字版 */
                type?: string | null;
                /** @description 1：要公开日志中的载入证明 */
                log?: string | null;
            };
            header?: {
                "if-none-match"?: string | null;
            };
            path: {
                /** @description 二维码中的查验码，36 个字符 */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 核验结果：网页（默认）或 JSON */
            200: {
                headers: {
                    /** @description no-cache：每次都要重新确认 */
                    "Cache-Control"?: string;
                    /** @description 同一结果不变 */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateCheck"];
                    "text/html": string;
                };
            };
            /** @description log=1：转到公开日志中的载入证明 */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description 与 If-None-Match 所示结果相同 */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description verify.token_invalid · verify.certificate_not_found */
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
            /** @description verify.could_not_check */
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
    match_name: {
        parameters: {
            query?: {
                /** @description zh 或 en，优先于 Accept-Language */
                lang?: string | null;
                /** @description large：大字版 */
                type?: string | null;
            };
            header?: never;
            path: {
                /** @description 二维码中的查验码，36 个字符 */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["Body_match_name"];
            };
        };
        responses: {
            /** @description 核验结果：网页（默认）或 JSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateCheck"];
                    "text/html": string;
                };
            };
            /** @description verify.token_invalid · verify.certificate_not_found */
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
            /** @description 核对次数已达上限；结果中 name 为 limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateCheck"];
                };
            };
            /** @description verify.could_not_check */
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
