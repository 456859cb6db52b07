//! HTTP clients.

use super::Slot::{Argument, Key};
use super::Transport::Http;
use super::{FIRST, Implied, Root, Slot, Spec, maker, sdk, sink};

const AXIOS: Root = Root::Package(&["axios", "redaxios", "xior", "feaxios", "axios-retry"]);
const AXIOS_CLIENT: Root = Root::Client("axios");
const KY: Root = Root::Package(&["ky", "ky-universal"]);
const GOT: Root = Root::Package(&["got"]);
const OFETCH: Root = Root::Package(&["ofetch"]);
const FETCHES: Root = Root::Package(&[
    "cross-fetch",
    "expo/fetch",
    "fetch",
    "fetch-retry",
    "isomorphic-fetch",
    "isomorphic-unfetch",
    "node-fetch",
    "undici",
    "unfetch",
    "whatwg-fetch",
]);
const JQUERY: Root = Root::Package(&["jquery", "jquery/slim"]);
const D3: Root = Root::Package(&["d3", "d3-fetch"]);
const SUPERAGENT: Root = Root::Package(&["superagent"]);
const REQUEST: Root =
    Root::Package(&["request", "request-promise", "request-promise-native", "xhr", "browser-request"]);
const NEEDLE: Root = Root::Package(&["needle"]);
const ANGULAR: Root = Root::Package(&["@angular/common/http", "@angular/http"]);
const VUEUSE: Root = Root::Package(&["@vueuse/core", "ahooks"]);
const NUXT: Root = Root::Package(&["nuxt/app", "#app", "#imports", "#build/imports"]);
const I18NEXT: Root = Root::Package(&["i18next"]);
const VUE_RESOURCE: Root = Root::Package(&["vue-resource"]);
/// A path of a verb is put behind what there is.
const WRETCH_VERBS: &[&str] = &["delete", "get", "head", "opts"];
const WRETCH_URLS: &[Slot] = &[Argument(0)];
const UMI: Root = Root::Package(&["umi-request"]);

const VERBS: &[&str] = &["get", "post", "put", "patch", "delete", "head", "options"];
const AXIOS_VERBS: &[&str] = &["get", "delete", "head", "options"];
const AXIOS_BODY_VERBS: &[&str] = &["post", "put", "patch", "postForm", "putForm", "patchForm"];
const SUPERAGENT_VERBS: &[&str] = &["get", "post", "put", "patch", "del", "delete", "head", "options"];
const D3_READERS: &[&str] = &["json", "xml", "html", "svg", "text", "csv", "tsv", "blob", "buffer"];
const FIRST_OR_URL: &[Slot] = &[Argument(0), Key(0, "url"), Key(0, "uri")];
const BASE: &[Slot] = &[Key(0, "baseURL"), Key(0, "baseUrl")];
const AXIOS_BASES: &[Slot] = &[Key(0, "baseURL"), Key(1, "baseURL")];
const CONFIG_BASE: &[Slot] = &[Key(1, "baseURL")];
/// After a body comes the configuration.
const BODY_BASES: &[Slot] = &[Key(2, "baseURL")];
const PREFIX: &[Slot] = &[Key(0, "prefixUrl"), Key(0, "prefix")];
const CALL_PREFIX: &[Slot] = &[Key(1, "prefixUrl"), Key(1, "prefix")];

/// A row whose relative URLs are below others.
const fn below(bases: &'static [Slot], spec: Spec) -> Spec {
    Spec { bases, ..spec }
}

pub(super) const ROWS: &[Spec] = &[
    // fetch by other names.
    sink(FETCHES, &["", "fetch", "request", "default"], Http, FIRST),
    below(&[Key(1, "baseURL")], sink(Root::Global, &["$fetch", "useFetch", "useLazyFetch"], Http, FIRST)),
    below(&[Key(1, "baseURL")], sink(NUXT, &["$fetch", "useFetch", "useLazyFetch"], Http, FIRST)),
    below(&[Key(1, "baseURL")], sink(OFETCH, &["$fetch", "ofetch", "$fetch.raw", "ofetch.raw"], Http, FIRST)),
    maker(OFETCH, &["$fetch.create", "ofetch.create", "createFetch"], "ofetch", BASE),
    maker(Root::Global, &["$fetch.create"], "ofetch", BASE),
    sink(Root::Client("ofetch"), &["", "raw"], Http, FIRST),
    sink(VUEUSE, &["useFetch", "useEventSource"], Http, FIRST),
    maker(VUEUSE, &["createFetch"], "ofetch", BASE),
    below(&[Key(1, "baseURL")], sink(Root::Package(&["@better-fetch/fetch"]), &["betterFetch"], Http, FIRST)),
    maker(Root::Package(&["@better-fetch/fetch"]), &["createFetch"], "ofetch", BASE),
    maker(Root::Package(&["openapi-fetch"]), &[""], "openapi-fetch", BASE),
    maker(Root::Package(&["hono/client"]), &["hc"], "hono", FIRST),
    // axios, and what has its interface.
    below(AXIOS_BASES, sink(AXIOS, &["", "request", "default"], Http, FIRST_OR_URL)),
    below(CONFIG_BASE, sink(AXIOS, AXIOS_VERBS, Http, FIRST)),
    below(BODY_BASES, sink(AXIOS, AXIOS_BODY_VERBS, Http, FIRST)),
    maker(AXIOS, &["create", "Axios"], "axios", BASE),
    below(AXIOS_BASES, sink(AXIOS_CLIENT, &["", "request"], Http, FIRST_OR_URL)),
    below(CONFIG_BASE, sink(AXIOS_CLIENT, AXIOS_VERBS, Http, FIRST)),
    below(BODY_BASES, sink(AXIOS_CLIENT, AXIOS_BODY_VERBS, Http, FIRST)),
    // What @nuxtjs/axios adds: the same without the response around the data.
    below(CONFIG_BASE, sink(AXIOS_CLIENT, &["$get", "$delete", "$head", "$request"], Http, FIRST_OR_URL)),
    below(BODY_BASES, sink(AXIOS_CLIENT, &["$post", "$put", "$patch"], Http, FIRST)),
    maker(AXIOS_CLIENT, &["create"], "axios", BASE),
    // axios from a script element.
    below(AXIOS_BASES, sink(Root::Global, &["axios", "axios.request"], Http, FIRST_OR_URL)),
    below(CONFIG_BASE, sink(Root::Global, &["axios.get", "axios.delete", "axios.head", "axios.options"], Http, FIRST)),
    below(BODY_BASES, sink(Root::Global, &["axios.post", "axios.put", "axios.patch"], Http, FIRST)),
    maker(Root::Global, &["axios.create"], "axios", BASE),
    below(AXIOS_BASES, sink(Root::Package(&["axios-hooks"]), &[""], Http, FIRST_OR_URL)),
    maker(Root::Package(&["apisauce"]), &["create", ""], "axios", BASE),
    // ky, got, wretch.
    below(CALL_PREFIX, sink(KY, &["", "get", "post", "put", "patch", "delete", "head"], Http, FIRST)),
    maker(KY, &["create", "extend"], "ky", PREFIX),
    below(CALL_PREFIX, sink(Root::Client("ky"), &["", "get", "post", "put", "patch", "delete", "head"], Http, FIRST)),
    maker(Root::Client("ky"), &["extend", "create"], "ky", PREFIX),
    below(CALL_PREFIX, sink(GOT, &["", "stream"], Http, FIRST_OR_URL)),
    below(CALL_PREFIX, sink(GOT, VERBS, Http, FIRST)),
    maker(GOT, &["extend"], "got", PREFIX),
    below(CALL_PREFIX, sink(Root::Client("got"), &["", "stream"], Http, FIRST_OR_URL)),
    below(CALL_PREFIX, sink(Root::Client("got"), VERBS, Http, FIRST)),
    maker(Root::Client("got"), &["extend"], "got", PREFIX),
    maker(Root::Package(&["wretch"]), &["", "wretch"], "wretch", FIRST),
    Spec { makes: Some("wretch"), ..sink(Root::Client("wretch"), &["url"], Http, FIRST) },
    Spec { only_texts: true, ..sink(Root::Client("wretch"), WRETCH_VERBS, Http, WRETCH_URLS) },
    // up-fetch 2.6.1, ts-rest 3.52.1, zodios 10.9.6, connect-web 2.3.0: told once where they ask.
    sink(
        Root::Package(&["@ts-rest/core", "@ts-rest/react-query"]),
        &["initClient", "initQueryClient"],
        Http,
        &[Key(1, "baseUrl")],
    ),
    Spec { only_texts: true, ..sink(Root::Package(&["@zodios/core"]), &["Zodios"], Http, FIRST) },
    sink(
        Root::Package(&["@connectrpc/connect-web", "@bufbuild/connect-web"]),
        &["createConnectTransport", "createGrpcWebTransport"],
        Http,
        &[Key(0, "baseUrl")],
    ),
    // superagent.
    Spec { method_first: true, ..sink(SUPERAGENT, &[""], Http, &[Argument(0), Argument(1)]) },
    sink(SUPERAGENT, SUPERAGENT_VERBS, Http, FIRST),
    maker(SUPERAGENT, &["agent"], "superagent", &[]),
    sink(Root::Client("superagent"), SUPERAGENT_VERBS, Http, FIRST),
    // request and its heirs.
    below(&[Key(0, "baseUrl")], sink(REQUEST, &[""], Http, FIRST_OR_URL)),
    sink(REQUEST, &["get", "post", "put", "patch", "delete", "del", "head"], Http, FIRST_OR_URL),
    maker(REQUEST, &["defaults"], "request", BASE),
    sink(Root::Client("request"), &["", "get", "post", "put", "patch", "delete", "del", "head"], Http, FIRST_OR_URL),
    maker(Root::Client("request"), &["defaults"], "request", BASE),
    Spec { method_first: true, ..sink(NEEDLE, &[""], Http, &[Argument(0), Argument(1)]) },
    sink(NEEDLE, &["get", "post", "put", "patch", "delete", "head"], Http, FIRST),
    sink(UMI, &["", "get", "post", "put", "patch", "delete", "default"], Http, FIRST),
    maker(UMI, &["extend"], "umi", &[Key(0, "prefix")]),
    sink(Root::Client("umi"), &["", "get", "post", "put", "patch", "delete"], Http, FIRST),
    maker(Root::Package(&["form-data"]), &[""], "form-data", &[]),
    sink(Root::Client("form-data"), &["submit"], Http, FIRST),
    sink(
        Root::Package(&["simple-get"]),
        &["", "get", "post", "put", "patch", "head", "delete", "concat"],
        Http,
        &[Argument(0), Key(0, "url")],
    ),
    maker(Root::Package(&["alova"]), &["createAlova"], "alova", BASE),
    sink(Root::Client("alova"), &["Get", "Post", "Put", "Patch", "Delete", "Head", "Options", "Request"], Http, FIRST),
    maker(Root::Package(&["mande"]), &["mande"], "mande", FIRST),
    sink(Root::Client("mande"), &["get", "post", "put", "patch", "delete"], Http, FIRST),
    sink(Root::Package(&["use-http"]), &["", "useFetch"], Http, FIRST),
    // vue-resource 1.5.3, and VueUse's wrapper of axios, whose instance may have a base.
    sink(VUE_RESOURCE, &["", "delete", "get", "head", "jsonp", "patch", "post", "put"], Http, FIRST_OR_URL),
    sink(
        Root::Package(&["vue"]),
        &["http.delete", "http.get", "http.head", "http.patch", "http.post", "http.put", "resource"],
        Http,
        FIRST,
    ),
    sink(
        Root::Global,
        &["Vue.http.delete", "Vue.http.get", "Vue.http.head", "Vue.http.patch", "Vue.http.post", "Vue.http.put"],
        Http,
        FIRST,
    ),
    Spec {
        only_absolute: true,
        ..sink(Root::Package(&["@vueuse/integrations", "@vueuse/integrations/useAxios"]), &["useAxios"], Http, FIRST)
    },
    // jQuery and d3.
    sink(JQUERY, &["ajax", "get", "post", "getJSON"], Http, &[Argument(0), Key(0, "url")]),
    maker(JQUERY, &[""], "jquery", &[]),
    Spec { only_texts: true, ..sink(Root::Client("jquery"), &["load"], Http, FIRST) },
    sink(D3, D3_READERS, Http, FIRST),
    sink(D3, &["dsv"], Http, &[Argument(1)]),
    // Angular.
    maker(ANGULAR, &["HttpClient", "Http"], "HttpClient", &[]),
    sink(
        Root::Client("HttpClient"),
        &["get", "post", "put", "patch", "delete", "head", "options", "jsonp"],
        Http,
        FIRST,
    ),
    sink(Root::Client("HttpClient"), &["request"], Http, &[Argument(1)]),
    sink(ANGULAR, &["HttpRequest"], Http, &[Argument(1)]),
    sink(
        ANGULAR,
        &["httpResource", "httpResource.text", "httpResource.blob", "httpResource.arrayBuffer"],
        Http,
        &[Argument(0), Key(0, "url")],
    ),
    // RxJS.
    sink(
        Root::Package(&["rxjs/ajax"]),
        &["ajax", "ajax.get", "ajax.post", "ajax.put", "ajax.patch", "ajax.delete", "ajax.getJSON"],
        Http,
        &[Argument(0), Key(0, "url")],
    ),
    sink(Root::Package(&["rxjs/fetch"]), &["fromFetch"], Http, FIRST),
    // Layers over fetch.
    maker(
        Root::Package(&["@reduxjs/toolkit/query", "@reduxjs/toolkit/query/react", "@rtk-incubator/rtk-query"]),
        &["fetchBaseQuery"],
        "fetchBaseQuery",
        &[Key(0, "baseUrl")],
    ),
    Spec { only_absolute: true, ..sink(Root::Client("fetchBaseQuery"), &[""], Http, &[Argument(0), Key(0, "url")]) },
    sink(
        Root::Package(&["@rtk-query/graphql-request-base-query"]),
        &["graphqlRequestBaseQuery"],
        Http,
        &[Key(0, "url")],
    ),
    sink(
        Root::Package(&["@trpc/client", "@trpc/next", "@trpc/react-query"]),
        &["httpBatchLink", "httpLink", "httpBatchStreamLink", "httpSubscriptionLink", "unstable_httpBatchStreamLink"],
        Http,
        &[Key(0, "url")],
    ),
    maker(I18NEXT, &["use", "createInstance", "default.use"], "i18next", &[]),
    maker(Root::Client("i18next"), &["use"], "i18next", &[]),
    sink(I18NEXT, &["init"], Http, &[Key(0, "backend.loadPath"), Key(0, "backend.addPath")]),
    sink(Root::Client("i18next"), &["init"], Http, &[Key(0, "backend.loadPath"), Key(0, "backend.addPath")]),
    // Clients of back ends that are told where those are; meilisearch 0.62.0, of which 0.40.0 had a default export, too.
    sink(Root::Package(&["meilisearch"]), &["MeiliSearch", "Meilisearch", ""], Http, &[Key(0, "host")]),
    sink(Root::Package(&["matrix-js-sdk"]), &["createClient"], Http, &[Argument(0), Key(0, "baseUrl")]),
    // @elysiajs/eden 1.4.9, @feathersjs/rest-client 5.0.50, strapi-sdk-js 3.0.0, @n8n/chat 1.37.0.
    sink(Root::Package(&["@elysiajs/eden"]), &["treaty", "edenTreaty", "edenFetch"], Http, FIRST),
    Spec { defaults_to_self: true, ..sink(Root::Package(&["@feathersjs/rest-client"]), &[""], Http, FIRST) },
    sdk(
        "strapi",
        Root::Package(&["strapi-sdk-js"]),
        &["", "Strapi"],
        &[Key(0, "url")],
        &[Implied::Otherwise("http://localhost:1337")],
    ),
    sink(Root::Package(&["@n8n/chat"]), &["createChat"], Http, &[Key(0, "webhookUrl")]),
    // grpc-web 2.1.1: generated clients hand it the whole URL.
    maker(Root::Package(&["grpc-web"]), &["GrpcWebClientBase"], "grpc-web", &[]),
    sink(Root::Client("grpc-web"), &["rpcCall", "serverStreaming", "thenableCall", "unaryCall"], Http, FIRST),
    // Clients that are generated from an OpenAPI description; @hey-api/client-fetch 0.13.1, @hey-api/client-axios 0.9.1.
    maker(
        Root::Package(&[
            "@hey-api/client-fetch",
            "@hey-api/client-axios",
            "@hey-api/client-next",
            "@hey-api/client-nuxt",
        ]),
        &["createClient"],
        "hey-api",
        &[Key(0, "baseUrl"), Key(0, "baseURL")],
    ),
    Spec {
        keeps_options: true,
        ..maker(
            Root::Package(&[
                "@hey-api/client-fetch",
                "@hey-api/client-axios",
                "@hey-api/client-next",
                "@hey-api/client-nuxt",
            ]),
            &["createConfig"],
            "hey-api.config",
            &[],
        )
    },
    sink(Root::Client("hey-api"), &["setConfig"], Http, &[Key(0, "baseUrl"), Key(0, "baseURL")]),
    sink(Root::Client("openapi-fetch"), &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"], Http, FIRST),
    // Translations.
    Spec {
        defaults_to_self: true,
        ..sink(Root::Package(&["@ngx-translate/http-loader"]), &["TranslateHttpLoader"], Http, &[Argument(1)])
    },
    sink(
        Root::Package(&["@ngx-translate/http-loader"]),
        &["provideTranslateHttpLoader"],
        Http,
        &[Key(0, "prefix"), Key(0, "resources.*.prefix"), Key(0, "resources.*")],
    ),
];
