// Made by `npm run api` from contracts/http/identity.json.

export interface paths {
    "/api/identity/v1/administrators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个机构现任的管理员 */
        get: operations["administrators_api_identity_v1_administrators_get"];
        put?: never;
        /** 设置下级管理员 */
        post: operations["appoint_api_identity_v1_administrators_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/administrators/{grant_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 解除管理员 */
        post: operations["end_api_identity_v1_administrators__grant_id__end_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/affiliations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 本单位（及下级）的任职信息 */
        get: operations["list_affiliations_api_identity_v1_affiliations_get"];
        put?: never;
        /** 申请在用人单位任职（换单位、被退回后再申请） */
        post: operations["ask_employer_api_identity_v1_affiliations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/affiliations/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 在本单位（及下级）按姓名或证书管理号查找任职信息 */
        post: operations["search_affiliations_api_identity_v1_affiliations_search_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/affiliations/{affiliation_id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 确认任职 */
        post: operations["confirm_api_identity_v1_affiliations__affiliation_id__confirmation_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/affiliations/{affiliation_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 办理离职 */
        post: operations["end_api_identity_v1_affiliations__affiliation_id__end_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/affiliations/{affiliation_id}/rejection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 退回任职申请 */
        post: operations["reject_api_identity_v1_affiliations__affiliation_id__rejection_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/client-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 接口用户的访问令牌（OAuth 2.0 client credentials） */
        post: operations["client_token_api_identity_v1_client_tokens_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 接口用户及其有效密钥 */
        get: operations["show_api_identity_v1_clients_get"];
        put?: never;
        /** 登记接口用户 */
        post: operations["register_api_identity_v1_clients_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/clients/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** 更改接口用户的名称或每日次数 */
        patch: operations["change_api_identity_v1_clients__client_id__patch"];
        trace?: never;
    };
    "/api/identity/v1/clients/{client_id}/revocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 停用接口用户，不能恢复 */
        post: operations["revoke_api_identity_v1_clients__client_id__revocation_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/clients/{client_id}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 更换密钥，旧密钥在过渡期内继续有效 */
        post: operations["rotate_api_identity_v1_clients__client_id__secrets_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/clients/{client_id}/secrets/{secret_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** 立即停用一个密钥 */
        delete: operations["end_api_identity_v1_clients__client_id__secrets__secret_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 访问令牌的验签公钥 */
        get: operations["signing_keys_api_identity_v1_jwks_json_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的信息 */
        get: operations["me_api_identity_v1_me_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的消息，新的在前 */
        get: operations["my_messages_api_identity_v1_messages_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/messages/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 把消息标为已读 */
        post: operations["mark_read_api_identity_v1_messages_read_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/messages/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 未读消息数 */
        get: operations["unread_api_identity_v1_messages_unread_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/officials/{actor}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 人社部门经办人的姓名和所在机构 */
        get: operations["official_api_identity_v1_officials__actor__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/organisations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 查找机构和用人单位 */
        get: operations["search_organisations_api_identity_v1_organisations_get"];
        put?: never;
        /** 新增机构或用人单位 */
        post: operations["add_api_identity_v1_organisations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/organisations/{organisation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个机构及其各级上级，自上而下 */
        get: operations["organisation_api_identity_v1_organisations__organisation_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/parked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 停放的消息：各队列的数量、原因和最早的若干条 */
        get: operations["list_parked_api_identity_v1_parked_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/parked/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 重放一个队列的全部停放消息 */
        post: operations["replay_queue_api_identity_v1_parked_replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/parked/{message_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 重放一条停放的消息 */
        post: operations["replay_message_api_identity_v1_parked__message_id__replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 修改自己的密码，其他登录随即退出 */
        post: operations["change_password_api_identity_v1_password_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 专业技术人员注册，生成证书管理号 */
        post: operations["register_api_identity_v1_registrations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 我的登录，新的在前 */
        get: operations["own_api_identity_v1_sessions_get"];
        put?: never;
        /** 登录，开始一次会话；刷新令牌在 Cookie 中 */
        post: operations["begin_api_identity_v1_sessions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** 退出登录 */
        delete: operations["log_out_api_identity_v1_sessions_current_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/sessions/renewal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 换取新的访问令牌，刷新令牌随之更换 */
        post: operations["renew_api_identity_v1_sessions_renewal_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** 退出我的某次登录 */
        delete: operations["end_api_identity_v1_sessions__session_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 登录 */
        post: operations["log_in_api_identity_v1_tokens_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 证件号码对应的人员 */
        post: operations["resolve_internal_resolve_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 服务之间的访问令牌（client credentials） */
        post: operations["service_token_internal_tokens_post"];
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
        /** AdministratorEntry */
        AdministratorEntry: {
            /**
             * Account Id
             * Format: uuid
             */
            account_id: string;
            /**
             * Grant Id
             * Format: uuid
             */
            grant_id: string;
            /**
             * Granted At
             * Format: date-time
             */
            granted_at: string;
            /** Name */
            name: string | null;
            /**
             * Own
             * @description 是否本人
             */
            own: boolean;
            /**
             * Password Initial
             * @description 尚未修改初始密码
             */
            password_initial: boolean;
            role: components["schemas"]["Role"];
            /**
             * Username
             * @description 以证书管理号登录的人员没有用户名
             */
            username: string | null;
        };
        /** AdministratorPage */
        AdministratorPage: {
            /** Items */
            items: components["schemas"]["AdministratorEntry"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** AdministratorRequest */
        AdministratorRequest: {
            /**
             * Management Number
             * @description 已注册人员兼任管理员时填写，不另设账号
             */
            management_number?: string | null;
            /** Name */
            name: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Password */
            password?: string | null;
            role: components["schemas"]["Role"];
            /** Username */
            username?: string | null;
        };
        /** AdministratorView */
        AdministratorView: {
            /**
             * Account Id
             * Format: uuid
             */
            account_id: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            role: components["schemas"]["Role"];
        };
        /** AffiliationEntry */
        AffiliationEntry: {
            /**
             * Affiliation Id
             * Format: uuid
             */
            affiliation_id: string;
            /** Ends On */
            ends_on: string | null;
            /** Identity Masked */
            identity_masked: string;
            /** Management Number */
            management_number: string;
            /** Name */
            name: string;
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
            /**
             * Reason
             * @description 退回或离职的原因
             */
            reason: string | null;
            /**
             * Requested At
             * Format: date-time
             */
            requested_at: string;
            /**
             * Starts On
             * Format: date
             */
            starts_on: string;
            state: components["schemas"]["AffiliationState"];
            title_level: components["schemas"]["TitleLevel"];
        };
        /** AffiliationPage */
        AffiliationPage: {
            /** Items */
            items: components["schemas"]["AffiliationEntry"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** AffiliationRequest */
        AffiliationRequest: {
            /**
             * Employer Id
             * Format: uuid
             */
            employer_id: string;
            /** Starts On */
            starts_on?: string | null;
            title_level: components["schemas"]["TitleLevel"];
        };
        /** AffiliationSearch */
        AffiliationSearch: {
            /** Cursor */
            cursor?: string | null;
            /**
             * Limit
             * @default 20
             */
            limit?: number;
            /**
             * Person
             * @description 姓名的开头几个字，或证书管理号（可只填开头几位）
             */
            person: string;
            state?: components["schemas"]["AffiliationState"] | null;
        };
        /**
         * AffiliationState
         * @enum {string}
         */
        AffiliationState: "requested" | "confirmed" | "rejected" | "ended";
        /** AffiliationView */
        AffiliationView: {
            /**
             * Affiliation Id
             * Format: uuid
             */
            affiliation_id: string;
            /** Ends On */
            ends_on: string | null;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /**
             * Starts On
             * Format: date
             */
            starts_on: string;
            state: components["schemas"]["AffiliationState"];
            title_level: components["schemas"]["TitleLevel"];
        };
        /** Body_client_token_api_identity_v1_client_tokens_post */
        Body_client_token_api_identity_v1_client_tokens_post: {
            /**
             * Client Id
             * @default
             */
            client_id?: string;
            /**
             * Client Secret
             * @default
             */
            client_secret?: string;
            /**
             * Grant Type
             * @example client_credentials
             */
            grant_type: string;
        };
        /** Body_service_token_internal_tokens_post */
        Body_service_token_internal_tokens_post: {
            /** Client Id */
            client_id: string;
            /** Client Secret */
            client_secret: string;
            /** Grant Type */
            grant_type: string;
        };
        /**
         * Browser
         * @enum {string}
         */
        Browser: "wechat" | "edge" | "firefox" | "chrome" | "safari" | "other";
        /** ClientChange */
        ClientChange: {
            /** Checks Per Day */
            checks_per_day?: number | null;
            /** Name */
            name?: string | null;
        };
        /** ClientEntry */
        ClientEntry: {
            /** Active */
            active: boolean;
            /** Checks Per Day */
            checks_per_day: number;
            /**
             * Client Id
             * Format: uuid
             */
            client_id: string;
            /** Name */
            name: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Organisation Name */
            organisation_name: string;
            /**
             * Registered At
             * Format: date-time
             */
            registered_at: string;
            /** Scopes */
            scopes: components["schemas"]["Scope"][];
            /**
             * Secrets
             * @description 目前有效的密钥，不含密钥本身
             */
            secrets: components["schemas"]["SecretView"][];
        };
        /** ClientPage */
        ClientPage: {
            /** Items */
            items: components["schemas"]["ClientEntry"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** ClientRequest */
        ClientRequest: {
            /**
             * Checks Per Day
             * @description 每日核验次数上限
             * @default 20000
             */
            checks_per_day?: number;
            /**
             * Name
             * @description 系统名称，持证人可以看到
             * @example 河南省职称评审平台
             */
            name: string;
            /**
             * Organisation Id
             * Format: uuid
             * @description 主管单位
             */
            organisation_id: string;
            /**
             * Scopes
             * @default [
             *       "verify.check"
             *     ]
             */
            scopes?: components["schemas"]["Scope"][];
        };
        /** ClientView */
        ClientView: {
            /** Active */
            active: boolean;
            /** Checks Per Day */
            checks_per_day: number;
            /**
             * Client Id
             * Format: uuid
             */
            client_id: string;
            /** Name */
            name: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /**
             * Registered At
             * Format: date-time
             */
            registered_at: string;
            /** Scopes */
            scopes: components["schemas"]["Scope"][];
        };
        /** EndAppointmentRequest */
        EndAppointmentRequest: {
            /** Reason */
            reason: string;
        };
        /** EndRequest */
        EndRequest: {
            /**
             * Ends On
             * @description 离职日期，默认当天
             */
            ends_on?: string | null;
            /**
             * Reason
             * @description 本人可以看到
             */
            reason?: string | null;
        };
        /** GrantView */
        GrantView: {
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            organisation_kind: components["schemas"]["Kind"];
            /** Organisation Name */
            organisation_name: string;
            role: components["schemas"]["Role"];
        };
        /** IssuedView */
        IssuedView: {
            /**
             * Client Id
             * Format: uuid
             */
            client_id: string;
            /**
             * Client Secret
             * @description 只在第一次应答中给出，请立即保存；用同一个 Idempotency-Key 重试时为空
             * @example yzs_3lGd0Y6vMZ0o0m0Zc8bqj0oXr7dV1c2nT5yWfQk9H4s
             */
            client_secret: string | null;
            /**
             * Secret Id
             * Format: uuid
             */
            secret_id: string;
        };
        /** KeySetView */
        KeySetView: {
            /** Keys */
            keys: {
                [key: string]: unknown;
            }[];
        };
        /**
         * Kind
         * @enum {string}
         */
        Kind: "province" | "prefecture" | "direct_county" | "provincial_department" | "department" | "county" | "employer" | "training_institution" | "counter";
        /** MessagePage */
        MessagePage: {
            /** Items */
            items: components["schemas"]["MessageView"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** MessageView */
        MessageView: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Message Id
             * Format: uuid
             */
            message_id: string;
            /** Read At */
            read_at: string | null;
            /**
             * Subject Id
             * Format: uuid
             */
            subject_id: string;
            /** Template */
            template: string;
            /** Text */
            text: string;
            /** Year */
            year: number;
        };
        /** OfficialView */
        OfficialView: {
            /** Name */
            name: string;
            /**
             * Organisation Name
             * @description 担任管理员的机构
             */
            organisation_name: string;
        };
        /** OpenSessionView */
        OpenSessionView: {
            /** Access Token */
            access_token: string;
            /**
             * Account Id
             * Format: uuid
             */
            account_id: string;
            /**
             * Ends At
             * Format: date-time
             * @description 最迟到此时须重新登录
             */
            ends_at: string;
            /**
             * Expires In
             * @description 秒
             */
            expires_in: number;
            /** Grants */
            grants: components["schemas"]["GrantView"][];
            /** Management Number */
            management_number: string | null;
            /**
             * Must Change Password
             * @description 密码由他人设置，首次登录须修改
             */
            must_change_password: boolean;
            /** Name */
            name: string | null;
            /** Person Id */
            person_id: string | null;
            /**
             * Roles
             * @description 专业技术人员本人及所任管理员的类别
             */
            roles: components["schemas"]["Role"][];
            /**
             * Session Id
             * Format: uuid
             */
            session_id: string;
            /**
             * Token Type
             * @default Bearer
             * @constant
             */
            token_type?: "Bearer";
            /** Username */
            username: string | null;
        };
        /** OrganisationPage */
        OrganisationPage: {
            /** Items */
            items: components["schemas"]["OrganisationView"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** OrganisationPlace */
        OrganisationPlace: {
            /** Above */
            above: components["schemas"]["OrganisationView"][];
            organisation: components["schemas"]["OrganisationView"];
        };
        /** OrganisationRequest */
        OrganisationRequest: {
            /**
             * Code
             * @description 统一社会信用代码
             */
            code?: string | null;
            /**
             * Confirm Code
             * @description 校验位不符但确认无误
             * @default false
             */
            confirm_code?: boolean;
            kind: components["schemas"]["Kind"];
            /** Name */
            name: string;
            /**
             * Parent Id
             * Format: uuid
             */
            parent_id: string;
        };
        /** OrganisationView */
        OrganisationView: {
            /** Code */
            code: string | null;
            kind: components["schemas"]["Kind"];
            /** Name */
            name: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Parent Id */
            parent_id: string | null;
            /** Parent Name */
            parent_name: string | null;
        };
        /** OwnAffiliationView */
        OwnAffiliationView: {
            /**
             * Affiliation Id
             * Format: uuid
             */
            affiliation_id: string;
            /** Ends On */
            ends_on: string | null;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Organisation Name */
            organisation_name: string;
            /**
             * Reason
             * @description 退回或离职的原因
             */
            reason: string | null;
            /**
             * Starts On
             * Format: date
             */
            starts_on: string;
            state: components["schemas"]["AffiliationState"];
            title_level: components["schemas"]["TitleLevel"];
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
        /** PasswordRequest */
        PasswordRequest: {
            /**
             * New Password
             * @description 至少 10 个字符
             */
            new_password: string;
            /** Old Password */
            old_password: string;
        };
        /** PasswordView */
        PasswordView: {
            /**
             * Sessions Ended
             * @description 已退出的其他登录数
             */
            sessions_ended: number;
        };
        /** PersonView */
        PersonView: {
            /** Identity Masked */
            identity_masked: string;
            /** Management Number */
            management_number: string;
            /** Name */
            name: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            sex: components["schemas"]["Sex"];
            status: components["schemas"]["Status"];
            title_level: components["schemas"]["TitleLevel"];
            /** Title Series */
            title_series: string | null;
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
        /** ProfileView */
        ProfileView: {
            /**
             * Account Id
             * Format: uuid
             */
            account_id: string;
            /** Affiliations */
            affiliations: components["schemas"]["OwnAffiliationView"][];
            /** Grants */
            grants: components["schemas"]["GrantView"][];
            /** Name */
            name: string | null;
            person: components["schemas"]["PersonView"] | null;
            /** Username */
            username: string | null;
        };
        /**
         * QueueToReplay
         * @description Which queue is to be replayed as a whole.
         */
        QueueToReplay: {
            /** Queue */
            queue: string;
        };
        /** ReadRequest */
        ReadRequest: {
            /**
             * Message Ids
             * @description 已读的消息；不填表示全部
             */
            message_ids?: string[] | null;
        };
        /** RegistrationRequest */
        RegistrationRequest: {
            /**
             * Employer Id
             * Format: uuid
             */
            employer_id: string;
            /**
             * Id Number
             * @description 18 位证件号码；15 位旧号码自动升位
             */
            id_number: string;
            /**
             * Id Type
             * @description 居民身份证、港澳台居民居住证、外国人永久居留身份证（号码规则同 GB 11643）
             * @default resident_identity_card
             * @constant
             */
            id_type?: "resident_identity_card";
            /** Name */
            name: string;
            /**
             * Password
             * @description 至少 10 个字符
             */
            password: string;
            /**
             * Starts On
             * @description 入职日期，默认当天
             */
            starts_on?: string | null;
            title_level: components["schemas"]["TitleLevel"];
            /** Title Series */
            title_series?: string | null;
        };
        /** RegistrationView */
        RegistrationView: {
            affiliation: components["schemas"]["AffiliationView"];
            /**
             * Management Number
             * @description 证书管理号，终身不变
             */
            management_number: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            status: components["schemas"]["Status"];
        };
        /** RejectionRequest */
        RejectionRequest: {
            /** Reason */
            reason: string;
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
        /** ResolveRequest */
        ResolveRequest: {
            /**
             * Id Numbers
             * @description 最多 1000 个
             */
            id_numbers: string[];
            /**
             * Purpose
             * @description 查询目的，写入审计
             */
            purpose: string;
        };
        /** ResolveView */
        ResolveView: {
            /**
             * People
             * @description 与请求同序
             */
            people: components["schemas"]["ResolvedView"][];
        };
        /** ResolvedView */
        ResolvedView: {
            /** Person Id */
            person_id: string | null;
            /** Problem */
            problem: string | null;
        };
        /**
         * Role
         * @enum {string}
         */
        Role: "technician" | "employer_administrator" | "department_administrator" | "training_institution" | "bureau_administrator" | "provincial_administrator" | "operator";
        /**
         * Scope
         * @description What an API client may be allowed to do.
         * @enum {string}
         */
        Scope: "verify.check";
        /** SecretRequest */
        SecretRequest: {
            /**
             * Overlap Hours
             * @description 旧密钥继续有效的小时数；密钥泄露时填 0，旧密钥立即失效
             * @default 168
             */
            overlap_hours?: number;
        };
        /** SecretView */
        SecretView: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Ends At
             * @description 到此时失效；为空表示长期有效
             */
            ends_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
        };
        /** SessionPage */
        SessionPage: {
            /** Items */
            items: components["schemas"]["SessionView"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** SessionView */
        SessionView: {
            /**
             * Begun At
             * Format: date-time
             */
            begun_at: string;
            browser: components["schemas"]["Browser"];
            /**
             * Current
             * @description 是否本次登录
             */
            current: boolean;
            /**
             * Last Used At
             * Format: date-time
             */
            last_used_at: string;
            /**
             * Session Id
             * Format: uuid
             */
            session_id: string;
            system: components["schemas"]["System"];
        };
        /**
         * Sex
         * @enum {string}
         */
        Sex: "male" | "female" | "unknown";
        /**
         * Status
         * @description ``unproven``: the number is reserved, but nothing counts until an employer confirms.
         * @enum {string}
         */
        Status: "unproven" | "proven" | "closed";
        /**
         * System
         * @enum {string}
         */
        System: "harmony" | "android" | "ios" | "windows" | "macos" | "linux" | "other";
        /**
         * TitleLevel
         * @enum {string}
         */
        TitleLevel: "senior_full" | "senior_associate" | "intermediate" | "junior" | "unrated";
        /** TokenRequest */
        TokenRequest: {
            /**
             * Login
             * @description 证书管理号、证件号码或用户名
             */
            login: string;
            /** Password */
            password: string;
        };
        /** TokenView */
        TokenView: {
            /** Access Token */
            access_token: string;
            /**
             * Expires In
             * @description 秒
             */
            expires_in: number;
            /**
             * Token Type
             * @default Bearer
             * @constant
             */
            token_type?: "Bearer";
        };
        /** UnreadView */
        UnreadView: {
            /**
             * Unread
             * @description 未读消息数，最多数到 100
             */
            unread: number;
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
    administrators_api_identity_v1_administrators_get: {
        parameters: {
            query: {
                organisation_id: string;
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
                    "application/json": components["schemas"]["AdministratorPage"];
                };
            };
            /** @description identity.cursor_malformed */
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
            /** @description chassis.forbidden · identity.outside_your_area */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.organisation_unknown */
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
    appoint_api_identity_v1_administrators_post: {
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
                "application/json": components["schemas"]["AdministratorRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdministratorView"];
                };
            };
            /** @description identity.role_does_not_fit · identity.name_unacceptable · identity.username_malformed · identity.password_too_weak · identity.account_details_missing · chassis.idempotency_key_missing */
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
            /** @description chassis.forbidden · identity.outside_your_area · identity.own_appointment */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.organisation_unknown · identity.no_such_holder */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.username_taken · identity.grant_held · chassis.idempotency_key_reused */
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
            /** @description identity.too_busy */
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
    end_api_identity_v1_administrators__grant_id__end_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                grant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndAppointmentRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdministratorView"];
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
            /** @description chassis.forbidden · identity.outside_your_area · identity.own_grant */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.grant_unknown */
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
    list_affiliations_api_identity_v1_affiliations_get: {
        parameters: {
            query?: {
                state?: components["schemas"]["AffiliationState"] | null;
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
                    "application/json": components["schemas"]["AffiliationPage"];
                };
            };
            /** @description identity.cursor_malformed */
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
    ask_employer_api_identity_v1_affiliations_post: {
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
                "application/json": components["schemas"]["AffiliationRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffiliationView"];
                };
            };
            /** @description identity.employer_unknown · identity.starts_in_the_future · chassis.idempotency_key_missing */
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
            /** @description identity.affiliation_open · chassis.idempotency_key_reused */
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
    search_affiliations_api_identity_v1_affiliations_search_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AffiliationSearch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffiliationPage"];
                };
            };
            /** @description identity.cursor_malformed */
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
    confirm_api_identity_v1_affiliations__affiliation_id__confirmation_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                affiliation_id: string;
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
                    "application/json": components["schemas"]["AffiliationView"];
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
            /** @description chassis.forbidden · identity.outside_your_area · identity.own_affiliation */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.affiliation_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.affiliation_already_decided · identity.another_employer_confirmed · chassis.idempotency_key_reused */
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
    end_api_identity_v1_affiliations__affiliation_id__end_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                affiliation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffiliationView"];
                };
            };
            /** @description identity.ends_before_it_starts · chassis.idempotency_key_missing */
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
            /** @description chassis.forbidden · identity.outside_your_area · identity.own_affiliation */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.affiliation_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.affiliation_not_confirmed · chassis.idempotency_key_reused */
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
    reject_api_identity_v1_affiliations__affiliation_id__rejection_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description 每次提交一个新值，重试用同一个 */
                "idempotency-key"?: string | null;
            };
            path: {
                affiliation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RejectionRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffiliationView"];
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
            /** @description chassis.forbidden · identity.outside_your_area · identity.own_affiliation */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.affiliation_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.affiliation_already_decided · chassis.idempotency_key_reused */
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
    client_token_api_identity_v1_client_tokens_post: {
        parameters: {
            query?: never;
            header?: {
                authorization?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["Body_client_token_api_identity_v1_client_tokens_post"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenView"];
                };
            };
            /** @description identity.client_refused */
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
            /** @description identity.api_client_tokens_limited */
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
    show_api_identity_v1_clients_get: {
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
                    "application/json": components["schemas"]["ClientPage"];
                };
            };
            /** @description identity.cursor_malformed */
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
    register_api_identity_v1_clients_post: {
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
                "application/json": components["schemas"]["ClientRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedView"];
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
            /** @description chassis.forbidden · identity.outside_your_area */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.organisation_unknown */
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
    change_api_identity_v1_clients__client_id__patch: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientView"];
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
            /** @description identity.api_client_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.api_client_revoked · chassis.idempotency_key_reused */
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
    revoke_api_identity_v1_clients__client_id__revocation_post: {
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
                    "application/json": components["schemas"]["ClientView"];
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
            /** @description identity.api_client_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.api_client_revoked · chassis.idempotency_key_reused */
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
    rotate_api_identity_v1_clients__client_id__secrets_post: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecretRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedView"];
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
            /** @description identity.api_client_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.api_client_revoked · identity.api_client_secrets_too_many · chassis.idempotency_key_reused */
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
    end_api_identity_v1_clients__client_id__secrets__secret_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                client_id: string;
                secret_id: string;
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
            /** @description identity.api_client_unknown · identity.api_client_secret_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.api_client_revoked */
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
    signing_keys_api_identity_v1_jwks_json_get: {
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
    me_api_identity_v1_me_get: {
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
                    "application/json": components["schemas"]["ProfileView"];
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
            /** @description chassis.not_found */
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
    my_messages_api_identity_v1_messages_get: {
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
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description identity.cursor_malformed */
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
    mark_read_api_identity_v1_messages_read_post: {
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
                "application/json": components["schemas"]["ReadRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadView"];
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
    unread_api_identity_v1_messages_unread_get: {
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
                    "application/json": components["schemas"]["UnreadView"];
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
    official_api_identity_v1_officials__actor__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 记录中的经办人 */
                actor: string;
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
                    "application/json": components["schemas"]["OfficialView"];
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
            /** @description identity.official_unknown */
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
    search_organisations_api_identity_v1_organisations_get: {
        parameters: {
            query?: {
                /** @description 名称中的字 */
                q?: string | null;
                kind?: components["schemas"]["Kind"] | null;
                parent_id?: string | null;
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
                    "application/json": components["schemas"]["OrganisationPage"];
                };
            };
            /** @description identity.cursor_malformed */
            400: {
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
    add_api_identity_v1_organisations_post: {
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
                "application/json": components["schemas"]["OrganisationRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganisationView"];
                };
            };
            /** @description identity.organisation_misplaced · identity.organisation_code_malformed · identity.organisation_code_suspect · chassis.idempotency_key_missing */
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
            /** @description chassis.forbidden · identity.outside_your_area */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.organisation_unknown */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.organisation_code_registered · chassis.idempotency_key_reused */
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
    organisation_api_identity_v1_organisations__organisation_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organisation_id: string;
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
                    "application/json": components["schemas"]["OrganisationPlace"];
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
            /** @description identity.organisation_unknown */
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
    list_parked_api_identity_v1_parked_get: {
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
    replay_queue_api_identity_v1_parked_replay_post: {
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
    replay_message_api_identity_v1_parked__message_id__replay_post: {
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
    change_password_api_identity_v1_password_post: {
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
                "application/json": components["schemas"]["PasswordRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordView"];
                };
            };
            /** @description identity.old_password_wrong · identity.password_too_weak · identity.password_unchanged · chassis.idempotency_key_missing */
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
            /** @description chassis.not_found */
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
            /** @description identity.log_in_locked */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.too_busy */
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
    register_api_identity_v1_registrations_post: {
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
                "application/json": components["schemas"]["RegistrationRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationView"];
                };
            };
            /** @description identity.id_number_malformed · identity.id_number_check_digit_wrong · identity.id_number_truncated_by_spreadsheet · identity.name_unacceptable · identity.password_too_weak · identity.employer_unknown · identity.starts_in_the_future · chassis.idempotency_key_missing */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.registration_refused · chassis.idempotency_key_reused */
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
            /** @description identity.too_busy */
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
    own_api_identity_v1_sessions_get: {
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
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            /** @description identity.cursor_malformed */
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
    begin_api_identity_v1_sessions_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenSessionView"];
                };
            };
            /** @description identity.log_in_refused */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.cross_site_refused */
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
            /** @description identity.log_in_locked */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.too_busy */
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
    log_out_api_identity_v1_sessions_current_delete: {
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
            /** @description identity.cross_site_refused */
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
    renew_api_identity_v1_sessions_renewal_post: {
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
                    "application/json": components["schemas"]["OpenSessionView"];
                };
            };
            /** @description identity.session_over */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.cross_site_refused */
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
    end_api_identity_v1_sessions__session_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
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
            /** @description identity.session_unknown */
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
    log_in_api_identity_v1_tokens_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenView"];
                };
            };
            /** @description identity.log_in_refused */
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
            /** @description identity.log_in_locked */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description identity.too_busy */
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
    resolve_internal_resolve_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResolveView"];
                };
            };
            /** @description identity.too_many_id_numbers */
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
    service_token_internal_tokens_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["Body_service_token_internal_tokens_post"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenView"];
                };
            };
            /** @description identity.client_refused */
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
            /** @description identity.too_busy */
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
