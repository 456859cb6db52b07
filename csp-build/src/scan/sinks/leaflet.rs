//! Plugins of Leaflet that ask for places and ways: `leaflet-control-geocoder` 4.0.0, `leaflet-routing-machine` 3.2.12,
//! `leaflet-geosearch` 4.4.0. They put themselves into the object that Leaflet exports.

use super::Implied::{Otherwise, Without};
use super::Slot::Key;
use super::{Implied, Root, Slot, Spec, sdk};

const PACKAGE: Root = Root::Package(&["leaflet"]);
const GEOCODER: Root = Root::Package(&["leaflet-control-geocoder"]);
const SERVICE: &[Slot] = &[Key(0, "serviceUrl")];
const NOMINATIM: &[Implied] = &[Otherwise("https://nominatim.openstreetmap.org")];
/// A control with a geocoder or router of its own asks that one.
const OF_CONTROL: &[Implied] = &[Without(&[Key(0, "geocoder")], "https://nominatim.openstreetmap.org")];
const OSRM: &[Implied] = &[Otherwise("https://router.project-osrm.org")];
const OF_ROUTING: &[Implied] = &[Without(&[Key(0, "router")], "https://router.project-osrm.org")];
const PHOTON: &[Implied] = &[Otherwise("https://photon.komoot.io")];
const ARCGIS: &[Implied] = &[Otherwise("https://geocode.arcgis.com")];
const MAPBOX: &[Implied] = &[Otherwise("https://api.mapbox.com")];
const SEARCH: &[Slot] = &[Key(0, "searchUrl"), Key(0, "reverseUrl")];

pub(super) const ROWS: &[Spec] = &[
    sdk("nominatim", PACKAGE, &["Control.Geocoder.Nominatim", "Control.Geocoder.nominatim"], SERVICE, NOMINATIM),
    sdk(
        "nominatim",
        Root::Global,
        &["L.Control.Geocoder.Nominatim", "L.Control.Geocoder.nominatim"],
        SERVICE,
        NOMINATIM,
    ),
    sdk(
        "nominatim",
        GEOCODER,
        &["Nominatim", "geocoders.Nominatim", "geocoders.nominatim", "nominatim"],
        SERVICE,
        NOMINATIM,
    ),
    sdk("nominatim", PACKAGE, &["Control.geocoder"], &[], OF_CONTROL),
    sdk("nominatim", Root::Global, &["L.Control.geocoder"], &[], OF_CONTROL),
    sdk("nominatim", GEOCODER, &["", "Geocoder", "geocoder"], &[], OF_CONTROL),
    sdk("photon", PACKAGE, &["Control.Geocoder.Photon", "Control.Geocoder.photon"], SERVICE, PHOTON),
    sdk("photon", Root::Global, &["L.Control.Geocoder.Photon", "L.Control.Geocoder.photon"], SERVICE, PHOTON),
    sdk("arcgis", PACKAGE, &["Control.Geocoder.ArcGis", "Control.Geocoder.arcgis"], SERVICE, ARCGIS),
    sdk("arcgis", Root::Global, &["L.Control.Geocoder.ArcGis", "L.Control.Geocoder.arcgis"], SERVICE, ARCGIS),
    sdk("osrm", PACKAGE, &["Routing.OSRMv1", "Routing.osrmv1"], SERVICE, OSRM),
    sdk("osrm", Root::Global, &["L.Routing.OSRMv1", "L.Routing.osrmv1"], SERVICE, OSRM),
    sdk("osrm", PACKAGE, &["Routing.control"], SERVICE, OF_ROUTING),
    sdk("osrm", Root::Global, &["L.Routing.control"], SERVICE, OF_ROUTING),
    sdk("mapbox", PACKAGE, &["Control.Geocoder.mapbox", "Routing.mapbox"], &[Key(1, "serviceUrl")], MAPBOX),
    sdk("mapbox", Root::Global, &["L.Control.Geocoder.mapbox", "L.Routing.mapbox"], &[Key(1, "serviceUrl")], MAPBOX),
    sdk("nominatim", Root::Package(&["leaflet-geosearch"]), &["OpenStreetMapProvider"], SEARCH, NOMINATIM),
];
