// Made by `npm run api` from contracts/http/portal.json.

export interface paths {
    "/api/portal/v1/dashboards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 仪表盘列表 */
        get: operations["list_dashboards_api_portal_v1_dashboards_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portal/v1/dashboards/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一个仪表盘：各幅图的名称、单位、位置和警戒值 */
        get: operations["read_dashboard_api_portal_v1_dashboards__uid__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portal/v1/dashboards/{uid}/panels/{panel_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一幅图在一段时间内的数据 */
        get: operations["read_panel_api_portal_v1_dashboards__uid__panels__panel_id__get"];
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
        /**
         * DashboardDescription
         * @description A dashboard with its panels in reading order.
         */
        DashboardDescription: {
            /**
             * Description
             * @description 英文说明
             */
            description: string;
            /** Panels */
            panels: components["schemas"]["PanelDescription"][];
            /**
             * Title
             * @description 中文名称
             */
            title: string;
            /** Uid */
            uid: string;
        };
        /**
         * DashboardList
         * @description Every dashboard, and whether there are figures to draw.
         */
        DashboardList: {
            /**
             * Figures Configured
             * @description 是否配置了监控数据的来源（Prometheus）
             */
            figures_configured: boolean;
            /** Items */
            items: components["schemas"]["DashboardSummary"][];
        };
        /**
         * DashboardSummary
         * @description One dashboard of the list.
         */
        DashboardSummary: {
            /**
             * Description
             * @description 英文说明
             */
            description: string;
            /**
             * Title
             * @description 中文名称
             */
            title: string;
            /** Uid */
            uid: string;
        };
        /**
         * PanelDescription
         * @description What one picture shows.
         */
        PanelDescription: {
            /**
             * Description
             * @description 英文说明
             */
            description: string;
            /** Id */
            id: number;
            /**
             * Kind
             * @description number 显示现在的数值，course 显示一段时间的变化
             * @enum {string}
             */
            kind: "number" | "course";
            /**
             * Legends
             * @description 各查询的图例写法，{{…}} 处填入标签
             */
            legends: string[];
            /**
             * Minimum
             * @description 纵轴从这个值起；空为按数据而定
             */
            minimum: number | null;
            place: components["schemas"]["PanelPlace"];
            /** Thresholds */
            thresholds: components["schemas"]["PanelThreshold"][];
            /**
             * Title
             * @description 中文名称
             */
            title: string;
            /**
             * Unit
             * @description 数值的单位：short、s、ms、bytes、percentunit、reqps
             */
            unit: string;
        };
        /**
         * PanelFigures
         * @description What Prometheus had for a panel.
         */
        PanelFigures: {
            /**
             * From At
             * Format: date-time
             */
            from_at: string;
            /**
             * Left Off
             * @description 线太多时没有列出的条数，列出的是数值最大的
             */
            left_off: number;
            /** Series */
            series: components["schemas"]["PanelSeries"][];
            /** Step Seconds */
            step_seconds: number;
            /**
             * Until At
             * Format: date-time
             */
            until_at: string;
        };
        /**
         * PanelPlace
         * @description Where a panel lies on a grid of 24 columns.
         */
        PanelPlace: {
            /** Height */
            height: number;
            /**
             * Width
             * @description 24 栏中占几栏
             */
            width: number;
            /** X */
            x: number;
            /** Y */
            y: number;
        };
        /**
         * PanelSeries
         * @description One line.
         */
        PanelSeries: {
            /** Name */
            name: string;
            /**
             * Values
             * @description 从 from_at 起每隔 step_seconds 一个，空为无数据
             */
            values: (number | null)[];
        };
        /**
         * PanelThreshold
         * @description From which value on a figure has this colour.
         */
        PanelThreshold: {
            /**
             * Colour
             * @description 颜色名，green 为正常，red 为需要处理
             */
            colour: string;
            /**
             * Value
             * @description 从这个值起；空表示最低一档
             */
            value: number | null;
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_dashboards_api_portal_v1_dashboards_get: {
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
                    "application/json": components["schemas"]["DashboardList"];
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
    read_dashboard_api_portal_v1_dashboards__uid__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
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
                    "application/json": components["schemas"]["DashboardDescription"];
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
            /** @description portal.dashboard_not_found */
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
    read_panel_api_portal_v1_dashboards__uid__panels__panel_id__get: {
        parameters: {
            query?: {
                /** @description 最近多少分钟 */
                minutes?: number;
            };
            header?: never;
            path: {
                uid: string;
                panel_id: number;
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
                    "application/json": components["schemas"]["PanelFigures"];
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
            /** @description portal.dashboard_not_found · portal.panel_not_found */
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
            /** @description portal.figures_not_configured · portal.figures_unreachable · portal.figures_refused */
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
