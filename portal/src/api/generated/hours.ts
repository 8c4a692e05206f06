// Made by `npm run api` from contracts/http/hours.json.

export interface paths {
    "/api/hours/v1/activity-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 活动类型 */
        get: operations["get_activity_kinds_api_hours_v1_activity_kinds_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的申报，新的在前 */
        get: operations["get_claims_api_hours_v1_claims_get"];
        put?: never;
        /** 申报学时 */
        post: operations["post_claim_api_hours_v1_claims_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/claims/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 试算：一项申报将计入多少学时，该年度还缺多少（不保存任何内容） */
        post: operations["post_estimate_api_hours_v1_claims_estimate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/claims/{claim_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一项申报及其证明材料和审核经过（本人或审核人） */
        get: operations["get_claim_api_hours_v1_claims__claim_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/claims/{claim_id}/approval-withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 撤销已通过的审核（人社部门），该年度重新计算 */
        post: operations["post_approval_withdrawal_api_hours_v1_claims__claim_id__approval_withdrawal_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/claims/{claim_id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 审核一项申报：通过（可核减、可改科目类型）、退回、不通过 */
        post: operations["post_decision_api_hours_v1_claims__claim_id__decisions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/claims/{claim_id}/resubmission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 修改被退回的申报后再次提交，重新从用人单位审核起 */
        post: operations["post_resubmission_api_hours_v1_claims__claim_id__resubmission_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/claims/{claim_id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 撤回本人尚未审核完毕的申报 */
        post: operations["post_withdrawal_api_hours_v1_claims__claim_id__withdrawal_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 上传证明材料（PDF、JPEG、PNG，不超过10 MB） */
        post: operations["post_evidence_api_hours_v1_evidence_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/evidence/{evidence_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 查看证明材料（本人或审核人） */
        get: operations["get_evidence_file_api_hours_v1_evidence__evidence_id__file_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/parked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 停放的消息：各队列的数量、原因和最早的若干条 */
        get: operations["list_parked_api_hours_v1_parked_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/parked/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 重放一个队列的全部停放消息 */
        post: operations["replay_queue_api_hours_v1_parked_replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/parked/{message_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 重放一条停放的消息 */
        post: operations["replay_message_api_hours_v1_parked__message_id__replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/reason-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 审核理由代码 */
        get: operations["get_reason_codes_api_hours_v1_reason_codes_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 待我审核的申报，先提交的在前 */
        get: operations["get_reviews_api_hours_v1_reviews_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/reviews/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * 批量审核：通过、退回或不通过，逐项给出结果
         * @description Decide each claim in a transaction of its own, by the rules of a single decision.
         *
         *     A repeat with the same key answers what is decided and tries what was refused again.
         */
        post: operations["post_bulk_decisions_api_hours_v1_reviews_decisions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/reviews/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 待审核的总数、最早一项的时间、超过办理时限的项数 */
        get: operations["get_review_figures_api_hours_v1_reviews_figures_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/reviews/{claim_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一项申报的全部材料、审核经过和申报人该年度的学时（审核人） */
        get: operations["get_review_api_hours_v1_reviews__claim_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/reviews/{claim_id}/assignment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 领取一项待审核的申报；再次领取则重新计时 */
        put: operations["put_assignment_api_hours_v1_reviews__claim_id__assignment_put"];
        post?: never;
        /** 放回领取的申报 */
        delete: operations["delete_assignment_api_hours_v1_reviews__claim_id__assignment_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 学时要求（含备选规则及其来源） */
        get: operations["get_rules_api_hours_v1_rules_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/years": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的各年度，新的在前 */
        get: operations["get_years_api_hours_v1_years_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hours/v1/years/{year}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 年度学时：要求、已认定、尚缺，以及卡在哪里 */
        get: operations["get_year_api_hours_v1_years__year__get"];
        put?: never;
        post?: never;
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
        /** ActivityKindOut */
        ActivityKindOut: {
            /** Code */
            code: string;
            /** Evidence Hint */
            evidence_hint: string;
            /** Evidence Required */
            evidence_required: boolean;
            /** Name */
            name: string;
            /** Source Note */
            source_note: string;
            /** Unconfirmed */
            unconfirmed: boolean;
        };
        /** AssignmentOut */
        AssignmentOut: {
            /**
             * Mine
             * @description 由我办理；否则由其他管理员办理
             */
            mine: boolean;
            /**
             * Until
             * Format: date-time
             * @description 到此时自动放回
             */
            until: string;
        };
        /** Body_post_evidence_api_hours_v1_evidence_post */
        Body_post_evidence_api_hours_v1_evidence_post: {
            /**
             * File
             * @description 证明材料文件
             */
            file: string;
        };
        /** BulkDecisionIn */
        BulkDecisionIn: {
            /** Claim Ids */
            claim_ids: string[];
            outcome: components["schemas"]["Outcome"];
            /** Reason */
            reason?: string | null;
            /**
             * Reason Code
             * @description 理由代码，见 reason-codes
             */
            reason_code?: string | null;
            /**
             * Remedy
             * @description 补救办法；不填则用理由代码的默认说明
             */
            remedy?: string | null;
            step: components["schemas"]["Step"];
        };
        /** BulkDecisionOut */
        BulkDecisionOut: {
            /** Decided */
            decided: number;
            /**
             * Items
             * @description 与提交的顺序相同
             */
            items: components["schemas"]["BulkItemOut"][];
            /** Refused */
            refused: number;
        };
        /** BulkItemOut */
        BulkItemOut: {
            /** @description 审核后的申报；未办成为空 */
            claim: components["schemas"]["ClaimOut"] | null;
            /**
             * Claim Id
             * Format: uuid
             */
            claim_id: string;
            /** @description 未办成的原因；办成为空 */
            problem: components["schemas"]["ItemProblem"] | null;
        };
        /**
         * By
         * @description Whose hand: people are not named, the role they acted in is.
         * @enum {string}
         */
        By: "owner" | "employer" | "bureau";
        /** CertificateOut */
        CertificateOut: {
            /**
             * Certificate Id
             * Format: uuid
             */
            certificate_id: string;
            /**
             * Issued On
             * Format: date
             */
            issued_on: string;
            /** Office Name */
            office_name: string;
            /** State */
            state: string;
            /** Version */
            version: number;
        };
        /** ClaimDetail */
        ClaimDetail: {
            /** Activity Kind */
            activity_kind: string;
            /** Approved Tenths */
            approved_tenths: number | null;
            /**
             * Claim Id
             * Format: uuid
             */
            claim_id: string;
            /** Credit Tenths */
            credit_tenths: number;
            /** Decisions */
            decisions: components["schemas"]["DecisionOut"][];
            /**
             * Ended On
             * Format: date
             */
            ended_on: string;
            /**
             * Events
             * @description 办理经过，先发生的在前
             */
            events: components["schemas"]["ClaimEventOut"][];
            /** Evidence */
            evidence: components["schemas"]["EvidenceOut"][];
            /**
             * Holder
             * @description 现在由谁办理；审核完毕为空
             */
            holder: string | null;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Organisation Name */
            organisation_name: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Reason */
            reason: string | null;
            /** Reason Code */
            reason_code: string | null;
            /** Remedy */
            remedy: string | null;
            /**
             * Started On
             * Format: date
             */
            started_on: string;
            state: components["schemas"]["State"];
            /** @description 等待哪一环节审核；审核完毕为空 */
            step: components["schemas"]["Step"] | null;
            /** Subject Kind */
            subject_kind: string;
            /**
             * Submitted At
             * Format: date-time
             */
            submitted_at: string;
            /** Title */
            title: string;
            /** Version */
            version: number;
            /**
             * Waiting Since
             * @description 自何时起等待现在的环节
             */
            waiting_since: string | null;
            /** Year */
            year: number;
        };
        /** ClaimEventOut */
        ClaimEventOut: {
            /** Approved Tenths */
            approved_tenths: number | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** @description owner 本人，employer 用人单位，bureau 人社部门 */
            by: components["schemas"]["By"];
            /** Reason */
            reason: string | null;
            /** Reason Code */
            reason_code: string | null;
            /** Remedy */
            remedy: string | null;
            /** Version */
            version: number;
            what: components["schemas"]["Happening"];
        };
        /** ClaimIn */
        ClaimIn: {
            /**
             * Activity Kind
             * @description 活动类型代码，见 activity-kinds
             */
            activity_kind: string;
            /**
             * Credit Tenths
             * @description 学时，单位为0.1学时（900即90学时）
             */
            credit_tenths: number;
            /**
             * Ended On
             * Format: date
             */
            ended_on: string;
            /** Evidence Ids */
            evidence_ids?: string[];
            /**
             * Started On
             * Format: date
             */
            started_on: string;
            /**
             * Subject Kind
             * @description public 公需科目，professional 专业科目
             */
            subject_kind: string;
            /**
             * Title
             * @description 学习内容名称
             */
            title: string;
            /**
             * Year
             * @description 年度
             */
            year: number;
        };
        /**
         * ClaimOfYear
         * @description Another claim of the person's year, as far as a reviewer needs it.
         */
        ClaimOfYear: {
            /** Activity Kind */
            activity_kind: string;
            /** Approved Tenths */
            approved_tenths: number | null;
            /**
             * Claim Id
             * Format: uuid
             */
            claim_id: string;
            /** Credit Tenths */
            credit_tenths: number;
            state: components["schemas"]["State"];
            /** Subject Kind */
            subject_kind: string;
            /**
             * Submitted At
             * Format: date-time
             */
            submitted_at: string;
            /** Title */
            title: string;
        };
        /** ClaimOut */
        ClaimOut: {
            /** Activity Kind */
            activity_kind: string;
            /** Approved Tenths */
            approved_tenths: number | null;
            /**
             * Claim Id
             * Format: uuid
             */
            claim_id: string;
            /** Credit Tenths */
            credit_tenths: number;
            /**
             * Ended On
             * Format: date
             */
            ended_on: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Reason */
            reason: string | null;
            /** Reason Code */
            reason_code: string | null;
            /** Remedy */
            remedy: string | null;
            /**
             * Started On
             * Format: date
             */
            started_on: string;
            state: components["schemas"]["State"];
            /** @description 等待哪一环节审核；审核完毕为空 */
            step: components["schemas"]["Step"] | null;
            /** Subject Kind */
            subject_kind: string;
            /**
             * Submitted At
             * Format: date-time
             */
            submitted_at: string;
            /** Title */
            title: string;
            /** Version */
            version: number;
            /**
             * Waiting Since
             * @description 自何时起等待现在的环节
             */
            waiting_since: string | null;
            /** Year */
            year: number;
        };
        /** ClaimPage */
        ClaimPage: {
            /** Items */
            items: components["schemas"]["ClaimOut"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** DecisionIn */
        DecisionIn: {
            /** Approved Tenths */
            approved_tenths?: number | null;
            outcome: components["schemas"]["Outcome"];
            /** Reason */
            reason?: string | null;
            /**
             * Reason Code
             * @description 理由代码，见 reason-codes
             */
            reason_code?: string | null;
            /**
             * Remedy
             * @description 补救办法；不填则用理由代码的默认说明
             */
            remedy?: string | null;
            step: components["schemas"]["Step"];
            /**
             * Subject Kind
             * @description 改变科目类型时填写
             */
            subject_kind?: string | null;
        };
        /** DecisionOut */
        DecisionOut: {
            /** Approved Tenths */
            approved_tenths: number | null;
            /**
             * Decided At
             * Format: date-time
             */
            decided_at: string;
            /** Outcome */
            outcome: string;
            /** Reason */
            reason: string | null;
            /** Reason Code */
            reason_code: string | null;
            /** Remedy */
            remedy: string | null;
            /** Step */
            step: string;
            /** Subject Kind */
            subject_kind: string;
        };
        /**
         * EstimateIn
         * @description A claim being written; its evidence and title do not change what it counts.
         */
        EstimateIn: {
            /** Activity Kind */
            activity_kind: string;
            /**
             * Claim Id
             * @description 修改被退回的申报时填写
             */
            claim_id?: string | null;
            /**
             * Credit Tenths
             * @description 学时，单位为0.1学时（900即90学时）
             */
            credit_tenths: number;
            /**
             * Ended On
             * Format: date
             */
            ended_on: string;
            /**
             * Started On
             * Format: date
             */
            started_on: string;
            /** Subject Kind */
            subject_kind: string;
            /**
             * Year
             * @description 年度
             */
            year: number;
        };
        /** EstimateOut */
        EstimateOut: {
            /**
             * Completes
             * @description 本项全部核定后该年度即达标
             */
            completes: boolean;
            /** @description 现已认定 */
            counted: components["schemas"]["Hours"];
            /**
             * Counted Tenths
             * @description 全部核定时计入的学时
             */
            counted_tenths: number;
            /** Evidence Required */
            evidence_required: boolean;
            /**
             * Filing Until
             * Format: date
             * @description 该年度申报截止日
             */
            filing_until: string;
            /** @description 本项全部核定后尚缺 */
            missing_then: components["schemas"]["Hours"];
            required: components["schemas"]["Hours"];
            /**
             * Reviewers
             * @description 依次由谁审核
             */
            reviewers: string[];
            /** @description 本项全部核定后的已认定学时 */
            then: components["schemas"]["Hours"];
            /** @description 正在审核 */
            waiting: components["schemas"]["Hours"];
        };
        /** EvidenceOut */
        EvidenceOut: {
            /**
             * Evidence Id
             * Format: uuid
             */
            evidence_id: string;
            /** Media Type */
            media_type: string;
            /** Size Bytes */
            size_bytes: number;
        };
        /**
         * Happening
         * @enum {string}
         */
        Happening: "submitted" | "approved" | "returned" | "rejected" | "filed_again" | "taken_back" | "approval_withdrawn";
        /**
         * Holding
         * @description Who has taken a waiting claim, as the caller sees it.
         * @enum {string}
         */
        Holding: "mine" | "free" | "others";
        /**
         * Hours
         * @description Tenths in all and per subject kind.
         */
        Hours: {
            /** By Subject */
            by_subject: {
                [key: string]: number;
            };
            /** Total Tenths */
            total_tenths: number;
        };
        /** ItemProblem */
        ItemProblem: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /** Remedy */
            remedy: string;
        };
        /**
         * MendedClaimIn
         * @description What a claim says, apart from its year, which it keeps.
         */
        MendedClaimIn: {
            /**
             * Activity Kind
             * @description 活动类型代码，见 activity-kinds
             */
            activity_kind: string;
            /**
             * Credit Tenths
             * @description 学时，单位为0.1学时（900即90学时）
             */
            credit_tenths: number;
            /**
             * Ended On
             * Format: date
             */
            ended_on: string;
            /** Evidence Ids */
            evidence_ids?: string[];
            /**
             * Started On
             * Format: date
             */
            started_on: string;
            /**
             * Subject Kind
             * @description public 公需科目，professional 专业科目
             */
            subject_kind: string;
            /**
             * Title
             * @description 学习内容名称
             */
            title: string;
        };
        /** OpenClaimOut */
        OpenClaimOut: {
            /** Age Seconds */
            age_seconds: number;
            /**
             * Claim Id
             * Format: uuid
             */
            claim_id: string;
            /** Credit Tenths */
            credit_tenths: number;
            /**
             * Holder
             * @description 现在由谁办理
             */
            holder: string;
            /** Reason */
            reason: string | null;
            /** Remedy */
            remedy: string | null;
            state: components["schemas"]["State"];
            step: components["schemas"]["Step"] | null;
            /** Subject Kind */
            subject_kind: string;
            /**
             * Submitted At
             * Format: date-time
             */
            submitted_at: string;
            /** Title */
            title: string;
            /** Waiting Since */
            waiting_since: string | null;
        };
        /**
         * Outcome
         * @enum {string}
         */
        Outcome: "approve" | "return" | "reject";
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
        /** ParkedOut */
        ParkedOut: {
            /** Reason Code */
            reason_code: string;
            /** Task */
            task: string;
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
        /** ReasonCodeOut */
        ReasonCodeOut: {
            /** Code */
            code: string;
            /** Remedy */
            remedy: string;
            /** Text */
            text: string;
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
        /** ReviewDetail */
        ReviewDetail: {
            /** Activity Kind */
            activity_kind: string;
            /**
             * Age Seconds
             * @description 自提交起已过秒数
             */
            age_seconds: number;
            /** Approved Tenths */
            approved_tenths: number | null;
            assignment: components["schemas"]["AssignmentOut"] | null;
            /**
             * Claim Id
             * Format: uuid
             */
            claim_id: string;
            /** Claims Of Year */
            claims_of_year: components["schemas"]["ClaimOfYear"][];
            /** Credit Tenths */
            credit_tenths: number;
            /**
             * Cursor
             * @description 该项的翻页标记：由此取得后一项或前一项
             */
            cursor: string;
            /** Decisions */
            decisions: components["schemas"]["DecisionOut"][];
            /**
             * Ended On
             * Format: date
             */
            ended_on: string;
            /** Events */
            events: components["schemas"]["ClaimEventOut"][];
            /** Evidence */
            evidence: components["schemas"]["EvidenceOut"][];
            /** Evidence Count */
            evidence_count: number;
            /** Management Number */
            management_number: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Organisation Name */
            organisation_name: string;
            /**
             * Overdue
             * @description 超过办理时限
             */
            overdue: boolean;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Person Name */
            person_name: string;
            /** Reason */
            reason: string | null;
            /** Reason Code */
            reason_code: string | null;
            /** Remedy */
            remedy: string | null;
            /**
             * Started On
             * Format: date
             */
            started_on: string;
            state: components["schemas"]["State"];
            /** @description 等待哪一环节审核；审核完毕为空 */
            step: components["schemas"]["Step"] | null;
            /** Subject Kind */
            subject_kind: string;
            /**
             * Submitted At
             * Format: date-time
             */
            submitted_at: string;
            /** Title */
            title: string;
            /** Version */
            version: number;
            /**
             * Waiting Since
             * @description 自何时起等待现在的环节
             */
            waiting_since: string | null;
            /** Year */
            year: number;
            /** @description 申报人该年度的学时；没有适用要求时为空 */
            year_so_far: components["schemas"]["YearOut"] | null;
        };
        /** ReviewFigures */
        ReviewFigures: {
            /**
             * Oldest Age Seconds
             * @description 最早一项自提交起已过秒数；没有待审核为空
             */
            oldest_age_seconds: number | null;
            /**
             * Overdue
             * @description 其中超过办理时限的项数
             */
            overdue: number;
            /**
             * Target Days
             * @description 办理时限（自提交起的自然日）
             */
            target_days: number;
            /**
             * Waiting
             * @description 待审核项数
             */
            waiting: number;
        };
        /** ReviewItem */
        ReviewItem: {
            /** Activity Kind */
            activity_kind: string;
            /**
             * Age Seconds
             * @description 自提交起已过秒数
             */
            age_seconds: number;
            /** Approved Tenths */
            approved_tenths: number | null;
            assignment: components["schemas"]["AssignmentOut"] | null;
            /**
             * Claim Id
             * Format: uuid
             */
            claim_id: string;
            /** Credit Tenths */
            credit_tenths: number;
            /**
             * Cursor
             * @description 该项的翻页标记：由此取得后一项或前一项
             */
            cursor: string;
            /**
             * Ended On
             * Format: date
             */
            ended_on: string;
            /** Evidence Count */
            evidence_count: number;
            /** Management Number */
            management_number: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Organisation Name */
            organisation_name: string;
            /**
             * Overdue
             * @description 超过办理时限
             */
            overdue: boolean;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Person Name */
            person_name: string;
            /** Reason */
            reason: string | null;
            /** Reason Code */
            reason_code: string | null;
            /** Remedy */
            remedy: string | null;
            /**
             * Started On
             * Format: date
             */
            started_on: string;
            state: components["schemas"]["State"];
            /** @description 等待哪一环节审核；审核完毕为空 */
            step: components["schemas"]["Step"] | null;
            /** Subject Kind */
            subject_kind: string;
            /**
             * Submitted At
             * Format: date-time
             */
            submitted_at: string;
            /** Title */
            title: string;
            /** Version */
            version: number;
            /**
             * Waiting Since
             * @description 自何时起等待现在的环节
             */
            waiting_since: string | null;
            /** Year */
            year: number;
        };
        /** ReviewPage */
        ReviewPage: {
            /** Items */
            items: components["schemas"]["ReviewItem"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** RuleOut */
        RuleOut: {
            /** Filing Days After */
            filing_days_after: number;
            /** In Force */
            in_force: boolean;
            /** Levels */
            levels: string[] | null;
            /** Minimum Tenths */
            minimum_tenths: {
                [key: string]: number;
            };
            /** Name */
            name: string;
            /** Region Id */
            region_id: string | null;
            /**
             * Rule Id
             * Format: uuid
             */
            rule_id: string;
            /** Series */
            series: string | null;
            /** Source Note */
            source_note: string;
            /** Total Tenths */
            total_tenths: number;
            /**
             * Unconfirmed
             * @description 标准尚未经省厅确认
             */
            unconfirmed: boolean;
            /** Version */
            version: number;
            /** Year From */
            year_from: number;
            /** Year To */
            year_to: number | null;
        };
        /**
         * Sort
         * @enum {string}
         */
        Sort: "oldest" | "newest";
        /**
         * State
         * @enum {string}
         */
        State: "submitted" | "employer_approved" | "approved" | "returned" | "rejected" | "withdrawn";
        /**
         * Step
         * @enum {string}
         */
        Step: "employer" | "bureau";
        /** WithdrawalIn */
        WithdrawalIn: {
            /** Reason */
            reason?: string | null;
            /** Reason Code */
            reason_code?: string | null;
            /** Remedy */
            remedy?: string | null;
        };
        /** YearOut */
        YearOut: {
            certificate: components["schemas"]["CertificateOut"] | null;
            /** @description 证书暂缓的原因和待办事项 */
            certificate_waits: components["schemas"]["ParkedOut"] | null;
            /** Completed At */
            completed_at: string | null;
            /**
             * Completion
             * @description 该年度第几次达标
             */
            completion: number;
            counted: components["schemas"]["Hours"];
            missing: components["schemas"]["Hours"];
            /**
             * Open Claims
             * @description 待审核或待本人处理的申报
             */
            open_claims: components["schemas"]["OpenClaimOut"][];
            required: components["schemas"]["Hours"];
            rule: components["schemas"]["RuleOut"];
            /** State */
            state: string;
            /** Year */
            year: number;
        };
        /** YearSummary */
        YearSummary: {
            /** Certificate State */
            certificate_state: string | null;
            /** Completed At */
            completed_at: string | null;
            /** Counted Tenths */
            counted_tenths: number;
            /**
             * Returned
             * @description 退回待本人处理的申报数
             */
            returned: number;
            /** State */
            state: string;
            /**
             * Waiting
             * @description 正在审核的申报数
             */
            waiting: number;
            /** Year */
            year: number;
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
    get_activity_kinds_api_hours_v1_activity_kinds_get: {
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
                    "application/json": components["schemas"]["ActivityKindOut"][];
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
        };
    };
    get_claims_api_hours_v1_claims_get: {
        parameters: {
            query?: {
                year?: number | null;
                state?: components["schemas"]["State"][] | null;
                subject_kind?: string | null;
                /** @description 上一页给出的翻页标记 */
                cursor?: string | null;
                /** @description 每页条数 */
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
                    "application/json": components["schemas"]["ClaimPage"];
                };
            };
            /** @description hours.cursor_unreadable */
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
    post_claim_api_hours_v1_claims_post: {
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
                "application/json": components["schemas"]["ClaimIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimOut"];
                };
            };
            /** @description hours.evidence_missing · hours.evidence_not_own · hours.year_outside_window · hours.credit_out_of_range · hours.dates_reversed · hours.dates_in_future · hours.dates_outside_year · hours.subject_kind_unknown · hours.activity_kind_unknown · chassis.idempotency_key_missing */
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
            /** @description hours.person_unproven · hours.affiliation_missing · hours.rule_missing · chassis.idempotency_key_reused */
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
            /** @description hours.person_unknown */
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
    post_estimate_api_hours_v1_claims_estimate_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EstimateIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EstimateOut"];
                };
            };
            /** @description hours.year_outside_window · hours.credit_out_of_range · hours.dates_reversed · hours.dates_in_future · hours.dates_outside_year · hours.subject_kind_unknown · hours.activity_kind_unknown */
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
            /** @description hours.claim_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hours.person_unproven · hours.affiliation_missing · hours.rule_missing */
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
            /** @description hours.person_unknown */
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
    get_claim_api_hours_v1_claims__claim_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                claim_id: string;
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
                    "application/json": components["schemas"]["ClaimDetail"];
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
            /** @description hours.claim_not_found */
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
    post_approval_withdrawal_api_hours_v1_claims__claim_id__approval_withdrawal_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                claim_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawalIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimOut"];
                };
            };
            /** @description hours.reason_missing · hours.reason_code_unknown · hours.remedy_missing · chassis.idempotency_key_missing */
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
            /** @description hours.review_of_own_claim · hours.claim_outside_scope · chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hours.claim_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hours.claim_not_approved · chassis.idempotency_key_reused */
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
    post_decision_api_hours_v1_claims__claim_id__decisions_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                claim_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecisionIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimOut"];
                };
            };
            /** @description hours.approved_hours_out_of_range · hours.reason_missing · hours.reason_code_unknown · hours.remedy_missing · hours.subject_kind_unknown · chassis.idempotency_key_missing */
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
            /** @description hours.review_of_own_claim · hours.claim_outside_scope · chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hours.claim_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hours.claim_at_another_step · hours.claim_already_decided · hours.review_held_by_another · chassis.idempotency_key_reused */
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
    post_resubmission_api_hours_v1_claims__claim_id__resubmission_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                claim_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MendedClaimIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimOut"];
                };
            };
            /** @description hours.evidence_missing · hours.evidence_not_own · hours.year_outside_window · hours.credit_out_of_range · hours.dates_reversed · hours.dates_in_future · hours.dates_outside_year · hours.subject_kind_unknown · hours.activity_kind_unknown · chassis.idempotency_key_missing */
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
            /** @description hours.claim_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hours.claim_not_returned · hours.person_unproven · hours.affiliation_missing · hours.rule_missing · chassis.idempotency_key_reused */
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
            /** @description hours.person_unknown */
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
    post_withdrawal_api_hours_v1_claims__claim_id__withdrawal_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                claim_id: string;
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
                    "application/json": components["schemas"]["ClaimOut"];
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
            /** @description hours.claim_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hours.claim_not_taken_back · chassis.idempotency_key_reused */
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
    post_evidence_api_hours_v1_evidence_post: {
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
                "multipart/form-data": components["schemas"]["Body_post_evidence_api_hours_v1_evidence_post"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvidenceOut"];
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
            /** @description hours.evidence_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hours.evidence_type_unsupported */
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
        };
    };
    get_evidence_file_api_hours_v1_evidence__evidence_id__file_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                evidence_id: string;
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
            /** @description hours.evidence_not_found */
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
    list_parked_api_hours_v1_parked_get: {
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
    replay_queue_api_hours_v1_parked_replay_post: {
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
    replay_message_api_hours_v1_parked__message_id__replay_post: {
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
    get_reason_codes_api_hours_v1_reason_codes_get: {
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
                    "application/json": components["schemas"]["ReasonCodeOut"][];
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
        };
    };
    get_reviews_api_hours_v1_reviews_get: {
        parameters: {
            query: {
                /** @description employer 用人单位审核，bureau 人社部门审核 */
                step: components["schemas"]["Step"];
                year?: number | null;
                subject_kind?: string | null;
                activity_kind?: string | null;
                /** @description 只看该单位及其下级 */
                organisation_id?: string | null;
                /** @description mine 由我办理，free 无人办理，others 他人办理 */
                holding?: components["schemas"]["Holding"] | null;
                /** @description 只看超过办理时限的 */
                overdue?: boolean;
                /** @description oldest 先提交的在前，newest 后提交的在前 */
                sort?: components["schemas"]["Sort"];
                /** @description 上一页给出的翻页标记 */
                cursor?: string | null;
                /** @description 每页条数 */
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
                    "application/json": components["schemas"]["ReviewPage"];
                };
            };
            /** @description hours.cursor_unreadable */
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
    post_bulk_decisions_api_hours_v1_reviews_decisions_post: {
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
                "application/json": components["schemas"]["BulkDecisionIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkDecisionOut"];
                };
            };
            /** @description hours.reason_missing · hours.reason_code_unknown · hours.remedy_missing · chassis.idempotency_key_missing */
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
    get_review_figures_api_hours_v1_reviews_figures_get: {
        parameters: {
            query: {
                /** @description employer 用人单位审核，bureau 人社部门审核 */
                step: components["schemas"]["Step"];
                year?: number | null;
                subject_kind?: string | null;
                activity_kind?: string | null;
                /** @description 只看该单位及其下级 */
                organisation_id?: string | null;
                /** @description mine 由我办理，free 无人办理，others 他人办理 */
                holding?: components["schemas"]["Holding"] | null;
                /** @description 只看超过办理时限的 */
                overdue?: boolean;
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
                    "application/json": components["schemas"]["ReviewFigures"];
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
    get_review_api_hours_v1_reviews__claim_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                claim_id: string;
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
                    "application/json": components["schemas"]["ReviewDetail"];
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
            /** @description hours.claim_not_found */
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
    put_assignment_api_hours_v1_reviews__claim_id__assignment_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                claim_id: string;
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
                    "application/json": components["schemas"]["AssignmentOut"];
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
            /** @description hours.review_of_own_claim · hours.claim_outside_scope · chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hours.claim_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hours.claim_already_decided · hours.review_held_by_another */
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
    delete_assignment_api_hours_v1_reviews__claim_id__assignment_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                claim_id: string;
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
            /** @description hours.review_of_own_claim · hours.claim_outside_scope · chassis.forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hours.claim_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description hours.claim_already_decided · hours.review_held_by_another */
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
    get_rules_api_hours_v1_rules_get: {
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
                    "application/json": components["schemas"]["RuleOut"][];
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
        };
    };
    get_years_api_hours_v1_years_get: {
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
                    "application/json": components["schemas"]["YearSummary"][];
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
    get_year_api_hours_v1_years__year__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                year: number;
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
                    "application/json": components["schemas"]["YearOut"];
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
            /** @description hours.affiliation_missing · hours.rule_missing */
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
            /** @description hours.person_unknown */
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
