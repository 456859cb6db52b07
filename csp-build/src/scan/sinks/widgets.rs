//! Parts of pages that load their data, or send files, themselves. Their versions stand beside them; also `iconify-icon` 3.0.3,
//! `@lottiefiles/dotlottie-web` 0.80.0, `@ffmpeg/ffmpeg` 0.10.1 and 0.12.15, `@ffmpeg/util` 0.12.2, `tesseract.js` 7.0.0, `kuromoji`
//! 0.1.2.

use super::Implied::{Origin, Otherwise, Without};
use super::Slot::{Argument, Key};
use super::Transport::Http;
use super::{Condition, FIRST, Implied, Root, Slot, Spec, maker, sdk, sink};

const TYPEAHEAD: &[Slot] = &[Key(0, "remote"), Key(0, "remote.url"), Key(0, "prefetch"), Key(0, "prefetch.url")];
const EVENTS: &[Slot] =
    &[Key(1, "events"), Key(1, "events.url"), Key(1, "eventSources.*"), Key(1, "eventSources.*.url")];
const EVENT_PROPERTIES: &[Slot] =
    &[Key(0, "events"), Key(0, "events.url"), Key(0, "eventSources.*"), Key(0, "eventSources.*.url")];
const DESCRIPTIONS: &[Slot] = &[Key(0, "url"), Key(0, "urls.*.url")];

const FILEPOND: Root = Root::Package(&["filepond", "react-filepond"]);
const FILEPOND_BASES: &[Slot] = &[Key(0, "server.url"), Key(1, "server.url")];
const FILEPOND_OPTIONS: &[Slot] = &[
    Key(0, "server"),
    Key(0, "server.url"),
    Key(0, "server.process"),
    Key(0, "server.process.url"),
    Key(0, "server.load"),
    Key(0, "server.load.url"),
];
/// Behind an element, or without one.
const FILEPOND_URLS: &[Slot] = &[
    Key(0, "server"),
    Key(0, "server.url"),
    Key(0, "server.process"),
    Key(0, "server.process.url"),
    Key(0, "server.load"),
    Key(0, "server.load.url"),
    Key(1, "server"),
    Key(1, "server.url"),
    Key(1, "server.process"),
    Key(1, "server.process.url"),
    Key(1, "server.load"),
    Key(1, "server.load.url"),
];
const STREAMS: &[Slot] = &[Key(0, "url"), Key(0, "segments.*.url")];
const VIDEO_SOURCES: &[Slot] = &[Key(1, "sources.*.src")];
const TUS_URLS: &[Slot] = &[Key(1, "endpoint"), Key(1, "uploadUrl")];

/// What takes other things than URLs there, too.
const fn loads(root: Root, paths: &'static [&'static str], urls: &'static [Slot]) -> Spec {
    Spec { only_texts: true, ..sink(root, paths, Http, urls) }
}

const TESSERACT: Root = Root::Package(&["tesseract.js"]);
const TRAINED: &[Implied] = &[Otherwise("https://cdn.jsdelivr.net")];
/// The picture is a URL, too.
const TRAINED_BESIDE: &[Implied] = &[Without(&[Key(2, "langPath")], "https://cdn.jsdelivr.net")];
const ICONS: &[&str] = &[
    "@iconify-icon/react",
    "@iconify-icon/solid",
    "@iconify/iconify",
    "@iconify/react",
    "@iconify/svelte",
    "@iconify/vue",
    "@iconify/vue2",
];
/// These have no data but what they are given.
const OFFLINE: &[&str] = &[
    "@iconify/react/dist/offline",
    "@iconify/react/offline",
    "@iconify/svelte/dist/OfflineIcon.svelte",
    "@iconify/vue/dist/offline",
    "@iconify/vue/offline",
];
const NAMED: Option<Condition> = Some(Condition::Given(&[Key(0, "icon")]));
/// The second and the third stand in for the first.
const ICON_HOSTS: &[Implied] =
    &[Origin("https://api.iconify.design"), Origin("https://api.simplesvg.com"), Origin("https://api.unisvg.com")];

pub(super) const ROWS: &[Spec] = &[
    // Suggestions, tables and calendars.
    loads(Root::Package(&["corejs-typeahead", "typeahead.js", "bloodhound-js"]), &["", "Bloodhound"], TYPEAHEAD),
    loads(Root::Global, &["Bloodhound"], TYPEAHEAD),
    loads(Root::Client("jquery"), &["DataTable", "dataTable"], &[Key(0, "ajax"), Key(0, "ajax.url")]),
    loads(Root::Package(&["datatables.net"]), &[""], &[Key(1, "ajax"), Key(1, "ajax.url")]),
    loads(Root::Global, &["DataTable"], &[Key(1, "ajax"), Key(1, "ajax.url")]),
    loads(Root::Client("jquery"), &["select2"], &[Key(0, "ajax.url")]),
    loads(Root::Client("jquery"), &["fullCalendar"], EVENT_PROPERTIES),
    loads(Root::Package(&["@fullcalendar/core"]), &["Calendar"], EVENTS),
    loads(Root::Global, &["FullCalendar.Calendar"], EVENTS),
    loads(Root::Package(&["@fullcalendar/react", "@fullcalendar/vue3"]), &["", "FullCalendar"], EVENT_PROPERTIES),
    // Descriptions of interfaces.
    loads(
        Root::Package(&["swagger-ui", "swagger-ui-dist", "swagger-ui-react"]),
        &["", "SwaggerUIBundle"],
        DESCRIPTIONS,
    ),
    loads(Root::Global, &["SwaggerUIBundle", "SwaggerUI"], DESCRIPTIONS),
    loads(Root::Global, &["Redoc.init"], FIRST),
    // Uploads: antd 6.6.8, filepond 4.32.12, dropzone 6.3.5, tus-js-client 4.3.1.
    maker(Root::Package(&["@uppy/core"]), &["", "Uppy"], "uppy", &[]),
    Spec {
        makes: Some("uppy"),
        ..loads(Root::Client("uppy"), &["use"], &[Key(1, "endpoint"), Key(1, "companionUrl")])
    },
    sink(Root::Package(&["antd"]), &["Upload", "Upload.Dragger"], Http, &[Key(0, "action")]),
    sink(Root::Package(&["antd/es/upload", "antd/lib/upload"]), &["", "Dragger"], Http, &[Key(0, "action")]),
    Spec { bases: FILEPOND_BASES, ..loads(FILEPOND, &["create"], FILEPOND_URLS) },
    Spec { bases: FILEPOND_BASES, ..loads(FILEPOND, &["setOptions", "FilePond"], FILEPOND_OPTIONS) },
    Spec { bases: FILEPOND_BASES, ..loads(Root::Global, &["FilePond.create"], FILEPOND_URLS) },
    Spec { bases: FILEPOND_BASES, ..loads(Root::Global, &["FilePond.setOptions"], FILEPOND_OPTIONS) },
    sink(Root::Package(&["dropzone"]), &["", "Dropzone"], Http, &[Key(1, "url")]),
    loads(Root::Global, &["Dropzone"], &[Key(1, "url")]),
    loads(Root::Package(&["tus-js-client"]), &["Upload", "default.Upload"], TUS_URLS),
    loads(Root::Global, &["tus.Upload"], TUS_URLS),
    // Documents, animations, video and sound.
    sink(Root::Package(&["pdfjs-dist"]), &["getDocument"], Http, &[Argument(0), Key(0, "url")]),
    sink(Root::Package(&["lottie-web"]), &["loadAnimation"], Http, &[Key(0, "path")]),
    maker(Root::Package(&["hls.js"]), &[""], "hls.js", &[]),
    sink(Root::Client("hls.js"), &["loadSource"], Http, FIRST),
    maker(Root::Global, &["Hls"], "hls.js", &[]),
    // mpegts.js 1.8.2, flv.js 1.6.2, video.js 8.24.1, shaka-player 5.2.12, dashjs 5.2.1.
    sink(Root::Package(&["flv.js", "mpegts.js"]), &["createPlayer"], Http, STREAMS),
    sink(Root::Global, &["flvjs.createPlayer", "mpegts.createPlayer"], Http, STREAMS),
    Spec { makes: Some("video.js"), ..loads(Root::Package(&["video.js"]), &[""], VIDEO_SOURCES) },
    Spec { makes: Some("video.js"), ..loads(Root::Global, &["videojs"], VIDEO_SOURCES) },
    loads(Root::Client("video.js"), &["src"], &[Argument(0), Key(0, "src"), Key(0, "*.src")]),
    maker(Root::Package(&["shaka-player"]), &["Player"], "shaka.Player", &[]),
    maker(Root::Global, &["shaka.Player"], "shaka.Player", &[]),
    sink(Root::Client("shaka.Player"), &["load"], Http, FIRST),
    maker(Root::Package(&["dashjs"]), &["MediaPlayer"], "dash.factory", &[]),
    maker(Root::Global, &["dashjs.MediaPlayer"], "dash.factory", &[]),
    maker(Root::Client("dash.factory"), &["create"], "dash.player", &[]),
    loads(Root::Client("dash.player"), &["initialize"], &[Argument(1)]),
    loads(Root::Client("dash.player"), &["attachSource"], FIRST),
    loads(Root::Package(&["wavesurfer.js"]), &["create"], &[Key(0, "url")]),
    // Icons by their names, lottie files, converters and readers of text in pictures.
    sdk("iconify", Root::Package(OFFLINE), &["addCollection", "addIcon"], &[], &[]),
    Spec { condition: NAMED, ..sdk("iconify", Root::Package(ICONS), &["", "Icon", "InlineIcon"], &[], ICON_HOSTS) },
    loads(
        Root::Package(&["@lottiefiles/react-lottie-player", "@lottiefiles/vue-lottie-player"]),
        &["", "Player"],
        &[Key(0, "src")],
    ),
    Spec {
        only_texts: true,
        ..sdk(
            "dotlottie",
            Root::Package(&[
                "@lottiefiles/dotlottie-react",
                "@lottiefiles/dotlottie-vue",
                "@lottiefiles/dotlottie-web",
            ]),
            &["DotLottie", "DotLottieReact", "DotLottieVue"],
            &[Key(0, "src")],
            &[Origin("https://cdn.jsdelivr.net")],
        )
    },
    loads(Root::Package(&["lottie-react"]), &["useLottie"], &[Key(0, "path")]),
    loads(Root::Global, &["bodymovin.loadAnimation", "lottie.loadAnimation"], &[Key(0, "path")]),
    sdk(
        "ffmpeg",
        Root::Package(&["@ffmpeg/ffmpeg"]),
        &["createFFmpeg"],
        &[Key(0, "corePath")],
        &[Otherwise("https://unpkg.com")],
    ),
    sdk("ffmpeg", Root::Global, &["FFmpeg.createFFmpeg"], &[Key(0, "corePath")], &[Otherwise("https://unpkg.com")]),
    maker(Root::Package(&["@ffmpeg/ffmpeg"]), &["FFmpeg"], "ffmpeg", &[]),
    // A URL of a blob needs no request.
    Spec {
        only_texts: true,
        ..sdk(
            "ffmpeg",
            Root::Client("ffmpeg"),
            &["load"],
            &[Key(0, "coreURL"), Key(0, "wasmURL")],
            &[Without(&[Key(0, "coreURL"), Key(0, "wasmURL")], "https://unpkg.com")],
        )
    },
    Spec { makes: Some("blob"), ..loads(Root::Package(&["@ffmpeg/util"]), &["toBlobURL"], FIRST) },
    loads(Root::Package(&["@ffmpeg/ffmpeg", "@ffmpeg/util"]), &["downloadWithProgress", "fetchFile"], FIRST),
    Spec {
        only_texts: true,
        ..sdk("tesseract", TESSERACT, &["createWorker", "default.createWorker"], &[Key(2, "langPath")], TRAINED)
    },
    Spec {
        only_texts: true,
        ..sdk(
            "tesseract",
            TESSERACT,
            &["default.recognize", "recognize"],
            &[Argument(0), Key(2, "langPath")],
            TRAINED_BESIDE,
        )
    },
    Spec {
        only_texts: true,
        ..sdk("tesseract", Root::Global, &["Tesseract.createWorker"], &[Key(2, "langPath")], TRAINED)
    },
    Spec {
        only_texts: true,
        ..sdk("tesseract", Root::Global, &["Tesseract.recognize"], &[Argument(0), Key(2, "langPath")], TRAINED_BESIDE)
    },
    // Documents in React, and sound.
    loads(Root::Package(&["react-pdf"]), &["Document"], &[Key(0, "file"), Key(0, "file.url")]),
    loads(Root::Package(&["@react-pdf-viewer/core"]), &["Viewer"], &[Key(0, "fileUrl")]),
    loads(Root::Package(&["@react-pdf/renderer"]), &["Font.register"], &[Key(0, "src"), Key(0, "fonts.*.src")]),
    sink(Root::Package(&["kuroshiro-analyzer-kuromoji"]), &[""], Http, &[Key(0, "dictPath")]),
    sink(Root::Package(&["kuromoji"]), &["builder", "default.builder"], Http, &[Key(0, "dicPath")]),
    loads(
        Root::Package(&["pixi.js", "@pixi/assets"]),
        &["Assets.load"],
        &[Argument(0), Key(0, "src"), Key(0, "*.src")],
    ),
    loads(Root::Package(&["howler"]), &["Howl"], &[Key(0, "src"), Key(0, "src.*")]),
];
