//! Plugins of jQuery, tables and charts that load what an option says, by the options' names in their documents; `papaparse`
//! 5.7.1, `vega-embed` 7.3.0, `gridjs` 6.2.0, `tabulator-tables` 6.5.3, `htmx.org` 4.0.1.

use super::Slot::{Argument, Key};
use super::Transport::Http;
use super::{Condition, FIRST, Root, Slot, Spec, sink};

const JQUERY: Root = Root::Client("jquery");
const URL: &[Slot] = &[Key(0, "url")];
const SPECIFICATION: &[Slot] = &[Argument(1), Key(1, "data.url")];
/// A text is parsed, unless it is said to be the URL of one.
const DOWNLOADED: Option<Condition> = Some(Condition::Given(&[Key(1, "download")]));
const IMAGES: &[Slot] = &[Key(0, "images_upload_url"), Key(0, "init.images_upload_url")];
const SERVER: &[Slot] = &[Key(0, "server.url")];
const AJAX: &[Slot] = &[Key(1, "ajaxURL")];

/// What takes other things than URLs there, too.
const fn loads(root: Root, paths: &'static [&'static str], urls: &'static [Slot]) -> Spec {
    Spec { only_texts: true, ..sink(root, paths, Http, urls) }
}

pub(super) const ROWS: &[Spec] = &[
    loads(JQUERY, &["ajaxForm", "ajaxSubmit", "bootstrapTable", "fileupload", "jqGrid"], URL),
    loads(JQUERY, &["autocomplete"], &[Key(0, "source"), Key(0, "serviceUrl")]),
    loads(JQUERY, &["fileinput"], &[Key(0, "uploadUrl")]),
    loads(JQUERY, &["jstree"], &[Key(0, "core.data.url")]),
    loads(JQUERY, &["typeahead"], &[Key(0, "remote"), Key(0, "remote.url"), Key(0, "ajax.url")]),
    loads(Root::Global, &["$.ajaxSetup", "jQuery.ajaxSetup"], URL),
    loads(Root::Package(&["jquery"]), &["ajaxSetup"], URL),
    // Tables and charts.
    loads(Root::Package(&["gridjs"]), &["Grid"], SERVER),
    loads(Root::Package(&["gridjs-react", "gridjs-vue"]), &["", "Grid"], SERVER),
    loads(Root::Global, &["gridjs.Grid"], SERVER),
    loads(Root::Package(&["tabulator-tables"]), &["Tabulator", "TabulatorFull"], AJAX),
    loads(Root::Global, &["Tabulator"], AJAX),
    loads(Root::Global, &["Highcharts.getJSON"], FIRST),
    loads(Root::Package(&["vega-embed"]), &["", "embed"], SPECIFICATION),
    loads(Root::Global, &["vegaEmbed"], SPECIFICATION),
    Spec { condition: DOWNLOADED, ..sink(Root::Package(&["papaparse"]), &["parse"], Http, FIRST) },
    Spec { condition: DOWNLOADED, ..sink(Root::Global, &["Papa.parse"], Http, FIRST) },
    // Editors that send pictures.
    loads(Root::Package(&["tinymce"]), &["default.init", "init"], IMAGES),
    loads(Root::Package(&["@tinymce/tinymce-react", "@tinymce/tinymce-vue"]), &["", "Editor"], IMAGES),
    loads(Root::Global, &["tinymce.init"], IMAGES),
    // Calls of what is driven by attributes otherwise.
    sink(Root::Package(&["htmx.org"]), &["ajax"], Http, &[Argument(1)]),
    sink(Root::Global, &["htmx.ajax"], Http, &[Argument(1)]),
    // p5 makes its functions globals.
    loads(Root::Global, &["loadBytes", "loadJSON", "loadStrings", "loadTable", "loadXML"], FIRST),
];
