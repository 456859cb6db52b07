//! Parts of pages that load their data, or send files, themselves.

use super::Slot::{Argument, Key};
use super::Transport::Http;
use super::{FIRST, Root, Slot, Spec, maker, sink};

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
    loads(Root::Package(&["howler"]), &["Howl"], &[Key(0, "src"), Key(0, "src.*")]),
];
