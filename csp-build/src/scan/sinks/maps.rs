//! Maps, which read their styles, tiles and glyphs themselves: `mapbox-gl` 3.32.0, whose hosts are implied, `maplibre-gl`,
//! `react-map-gl`, and the sources of `ol` 10.11.0 that fetch. Tiles that are images are none of `connect-src`.

use super::Implied::{Origin, Otherwise};
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
/// What reads a file, or what a server says of itself.
const CESIUM: &[&str] = &[
    "Cesium3DTileset.fromUrl",
    "CesiumTerrainProvider.fromUrl",
    "CzmlDataSource.load",
    "GeoJsonDataSource.load",
    "GpxDataSource.load",
    "KmlDataSource.load",
];
const CESIUM_GLOBALS: &[&str] = &[
    "Cesium.Cesium3DTileset.fromUrl",
    "Cesium.CesiumTerrainProvider.fromUrl",
    "Cesium.CzmlDataSource.load",
    "Cesium.GeoJsonDataSource.load",
    "Cesium.GpxDataSource.load",
    "Cesium.KmlDataSource.load",
];
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

const MAPBOX: &[Implied] = &[Otherwise("https://api.mapbox.com")];
const GEOCODER: &[Slot] = &[Key(0, "origin")];
const DIRECTIONS: &[Slot] = &[Key(0, "api")];
const SERVICES: &[&str] = &[
    "@mapbox/mapbox-sdk/services/datasets",
    "@mapbox/mapbox-sdk/services/directions",
    "@mapbox/mapbox-sdk/services/geocoding",
    "@mapbox/mapbox-sdk/services/geocoding-v6",
    "@mapbox/mapbox-sdk/services/isochrone",
    "@mapbox/mapbox-sdk/services/map-matching",
    "@mapbox/mapbox-sdk/services/matrix",
    "@mapbox/mapbox-sdk/services/optimization",
    "@mapbox/mapbox-sdk/services/static",
    "@mapbox/mapbox-sdk/services/styles",
    "@mapbox/mapbox-sdk/services/tilequery",
    "@mapbox/mapbox-sdk/services/tilesets",
    "@mapbox/mapbox-sdk/services/tokens",
    "@mapbox/mapbox-sdk/services/uploads",
];
const SEARCHES: &[&str] = &[
    "AddressAutofill",
    "AddressAutofillCore",
    "AddressMinimap",
    "Geocoder",
    "GeocodingCore",
    "MapboxAddressAutofill",
    "MapboxGeocoder",
    "MapboxSearchBox",
    "SearchBox",
    "SearchBoxCore",
    "autofill",
    "useAddressAutofillCore",
    "useGeocodingCore",
    "useSearchBoxCore",
];
const LAYERS: &[&str] = &[
    "ArcLayer",
    "ColumnLayer",
    "GeoJsonLayer",
    "GreatCircleLayer",
    "GridLayer",
    "H3HexagonLayer",
    "HeatmapLayer",
    "HexagonLayer",
    "IconLayer",
    "LineLayer",
    "MVTLayer",
    "PathLayer",
    "PointCloudLayer",
    "PolygonLayer",
    "ScatterplotLayer",
    "ScenegraphLayer",
    "ScreenGridLayer",
    "SimpleMeshLayer",
    "SolidPolygonLayer",
    "TerrainLayer",
    "TextLayer",
    "TileLayer",
    "Tile3DLayer",
    "TripsLayer",
];
const LAYER_URLS: &[Slot] = &[Key(0, "data"), Key(0, "elevationData"), Key(0, "mesh"), Key(0, "scenegraph")];
const OMNIVORE: &[&str] = &["csv", "geojson", "gpx", "kml", "polyline", "topojson", "wkt"];

/// What takes other things than URLs there, too.
const fn loads(root: Root, paths: &'static [&'static str], urls: &'static [Slot]) -> Spec {
    Spec { only_texts: true, ..sink(root, paths, Http, urls) }
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
    // What Mapbox answers beside its maps: mapbox-sdk 0.16.2, mapbox-gl-geocoder 5.1.2, mapbox-gl-directions 4.3.3, search-js 1.6.0.
    Spec {
        keeps_options: true,
        ..Spec {
            makes: Some("mapbox.sdk"),
            ..sdk("mapbox", Root::Package(&["@mapbox/mapbox-sdk"]), &[""], GEOCODER, MAPBOX)
        }
    },
    sdk("mapbox", Root::Package(SERVICES), &[""], GEOCODER, MAPBOX),
    sdk("mapbox", Root::Package(&["@mapbox/mapbox-gl-geocoder"]), &["", "MapboxGeocoder"], GEOCODER, MAPBOX),
    sdk("mapbox", Root::Global, &["MapboxGeocoder"], GEOCODER, MAPBOX),
    sdk("mapbox", Root::Package(&["@mapbox/mapbox-gl-directions"]), &["", "MapboxDirections"], DIRECTIONS, MAPBOX),
    sdk("mapbox", Root::Global, &["MapboxDirections"], DIRECTIONS, MAPBOX),
    sdk(
        "mapbox",
        Root::Package(&["@mapbox/search-js-core", "@mapbox/search-js-react", "@mapbox/search-js-web"]),
        SEARCHES,
        &[],
        MAPBOX,
    ),
    // Layers with data of their own: deck.gl 9.4.0, react-simple-maps 5.0.5, leaflet-omnivore 0.3.4, esri-leaflet 3.1.0, cesium 1.140.
    loads(
        Root::Package(&[
            "@deck.gl/aggregation-layers",
            "@deck.gl/geo-layers",
            "@deck.gl/layers",
            "@deck.gl/mesh-layers",
            "deck.gl",
        ]),
        LAYERS,
        LAYER_URLS,
    ),
    loads(Root::Package(&["react-simple-maps"]), &["Geographies", "useGeographies"], &[Key(0, "geography")]),
    loads(Root::Package(&["leaflet-omnivore"]), OMNIVORE, FIRST),
    loads(
        Root::Global,
        &["omnivore.csv", "omnivore.geojson", "omnivore.gpx", "omnivore.kml", "omnivore.topojson", "omnivore.wkt"],
        FIRST,
    ),
    loads(Root::Global, &["L.GeoJSON.AJAX", "L.geoJson.ajax"], FIRST),
    sink(
        Root::Global,
        &["L.esri.dynamicMapLayer", "L.esri.featureLayer", "L.esri.imageMapLayer", "L.esri.query"],
        Http,
        &[Key(0, "url")],
    ),
    sink(
        Root::Package(&["esri-leaflet"]),
        &["dynamicMapLayer", "featureLayer", "imageMapLayer", "query"],
        Http,
        &[Key(0, "url")],
    ),
    // Arrays and tables that are read by parts: zarrita 0.7.5, geotiff 3.0.5, pmtiles 4.5.0, hyparquet 1.33.0, loaders.gl 4.5.4.
    sink(Root::Package(&["zarrita", "@zarrita/storage"]), &["FetchStore"], Http, FIRST),
    loads(Root::Package(&["zarr"]), &["HTTPStore", "openArray", "openGroup"], &[Argument(0), Key(0, "store")]),
    sink(Root::Package(&["geotiff"]), &["fromUrl", "fromUrls"], Http, FIRST),
    loads(Root::Package(&["pmtiles"]), &["FetchSource", "PMTiles"], FIRST),
    sink(Root::Package(&["hyparquet"]), &["asyncBufferFromUrl"], Http, &[Key(0, "url")]),
    loads(Root::Package(&["@loaders.gl/core"]), &["fetchFile", "load", "loadInBatches"], FIRST),
    loads(Root::Package(&["cesium"]), CESIUM, FIRST),
    loads(Root::Global, CESIUM_GLOBALS, FIRST),
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
