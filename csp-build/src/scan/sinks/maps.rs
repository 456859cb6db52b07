//! Maps, which read their styles, tiles and glyphs themselves: `mapbox-gl` 3.32.0, whose hosts are implied, `maplibre-gl`,
//! `react-map-gl`, and the sources of `ol` 10.11.0 that fetch. Tiles that are images are none of `connect-src`.

use super::Implied::Origin;
use super::Slot::{Argument, Key};
use super::Transport::Http;
use super::{FIRST, Implied, Root, Slot, Spec, sdk, sink};

const MAPBOX_HOSTS: &[Implied] = &[Origin("https://api.mapbox.com"), Origin("https://events.mapbox.com")];
/// A style is a URL, or an object with those of its parts.
const MAP_URLS: &[Slot] = &[
    Key(0, "style"),
    Key(0, "style.glyphs"),
    Key(0, "style.sprite"),
    Key(0, "style.sources.*.url"),
    Key(0, "style.sources.*.data"),
    Key(0, "style.sources.*.tiles.*"),
];
const SOURCE_URLS: &[Slot] = &[Key(1, "url"), Key(1, "data"), Key(1, "tiles.*")];
const STYLE_URLS: &[Slot] = &[
    Argument(0),
    Key(0, "glyphs"),
    Key(0, "sprite"),
    Key(0, "sources.*.url"),
    Key(0, "sources.*.data"),
    Key(0, "sources.*.tiles.*"),
];

/// A map reads its style, tiles and glyphs from the URLs of its style.
const fn map(rule: &'static str, root: Root, paths: &'static [&'static str], implied: &'static [Implied]) -> Spec {
    Spec { makes: Some("map"), only_texts: true, ..sdk(rule, root, paths, MAP_URLS, implied) }
}

/// What fetches of `OpenLayers`; its other sources are images.
const OPENLAYERS_SOURCES: &[Slot] = &[Key(0, "url"), Key(0, "urls.*"), Key(0, "sources.*.url")];
/// The properties of a component.
const COMPONENT_URLS: &[Slot] = &[
    Key(0, "mapStyle"),
    Key(0, "mapStyle.glyphs"),
    Key(0, "mapStyle.sprite"),
    Key(0, "mapStyle.sources.*.url"),
    Key(0, "mapStyle.sources.*.data"),
    Key(0, "mapStyle.sources.*.tiles.*"),
];
const COMPONENT_SOURCES: &[Slot] = &[Key(0, "url"), Key(0, "data"), Key(0, "tiles.*")];
const MAPBOX_COMPONENTS: Root = Root::Package(&["react-map-gl", "react-map-gl/mapbox", "@vis.gl/react-mapbox"]);
const MAPLIBRE_COMPONENTS: Root = Root::Package(&["react-map-gl/maplibre", "@vis.gl/react-maplibre"]);

/// A component that draws a map.
const fn component(rule: &'static str, root: Root, implied: &'static [Implied]) -> Spec {
    let paths = &["", "Map", "ReactMapGL", "StaticMap", "InteractiveMap"];
    Spec { only_texts: true, ..sdk(rule, root, paths, COMPONENT_URLS, implied) }
}

pub(super) const ROWS: &[Spec] = &[
    map("mapbox", Root::Package(&["mapbox-gl"]), &["Map", "default.Map"], MAPBOX_HOSTS),
    map("mapbox", Root::Global, &["mapboxgl.Map"], MAPBOX_HOSTS),
    map("maplibre", Root::Package(&["maplibre-gl"]), &["Map", "default.Map"], &[]),
    map("maplibre", Root::Global, &["maplibregl.Map"], &[]),
    Spec { only_texts: true, ..sdk("map-source", Root::Client("map"), &["addSource"], SOURCE_URLS, &[]) },
    Spec { only_texts: true, ..sdk("map-style", Root::Client("map"), &["setStyle"], STYLE_URLS, &[]) },
    Spec { only_texts: true, ..sdk("map-image", Root::Client("map"), &["loadImage"], FIRST, &[]) },
    component("mapbox", MAPBOX_COMPONENTS, MAPBOX_HOSTS),
    component("maplibre", MAPLIBRE_COMPONENTS, &[]),
    Spec { only_texts: true, ..sdk("map-source", MAPBOX_COMPONENTS, &["Source"], COMPONENT_SOURCES, &[]) },
    Spec { only_texts: true, ..sdk("map-source", MAPLIBRE_COMPONENTS, &["Source"], COMPONENT_SOURCES, &[]) },
    sink(
        Root::Package(&[
            "ol/source/GeoTIFF",
            "ol/source/GeoTIFF.js",
            "ol/source/OGCVectorTile",
            "ol/source/OGCVectorTile.js",
            "ol/source/TileJSON",
            "ol/source/TileJSON.js",
            "ol/source/UTFGrid",
            "ol/source/UTFGrid.js",
            "ol/source/Vector",
            "ol/source/Vector.js",
            "ol/source/VectorTile",
            "ol/source/VectorTile.js",
        ]),
        &[""],
        Http,
        OPENLAYERS_SOURCES,
    ),
    sink(
        Root::Package(&["ol/source", "ol/source.js"]),
        &["GeoTIFF", "OGCVectorTile", "TileJSON", "UTFGrid", "Vector", "VectorTile"],
        Http,
        OPENLAYERS_SOURCES,
    ),
    sink(
        Root::Global,
        &[
            "ol.source.OGCVectorTile",
            "ol.source.TileJSON",
            "ol.source.UTFGrid",
            "ol.source.Vector",
            "ol.source.VectorTile",
        ],
        Http,
        OPENLAYERS_SOURCES,
    ),
];
