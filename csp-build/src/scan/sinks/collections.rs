//! Classes that a library's are extended by, and that say where their objects are kept or what they load: Backbone 1.6.1, and
//! Phaser 4.2.1, whose loader asks for files of all kinds by requests.

use super::Slot::{Argument, Key};
use super::Transport::Http;
use super::{Condition, FIRST, Root, Slot, Spec, maker, sink};

const BACKBONE: Root = Root::Package(&["backbone", "backbone.marionette", "exoskeleton"]);
const PLACES: &[Slot] = &[Key(0, "url"), Key(0, "urlRoot")];
/// Of a class that says no place, an object or its collection may.
const PLACED: Option<Condition> = Some(Condition::Given(PLACES));
const FILES: &[Slot] = &[Argument(1), Key(1, "*"), Key(0, "url"), Key(0, "*.url")];
const LOADED: &[&str] = &[
    "load.animation",
    "load.audio",
    "load.binary",
    "load.css",
    "load.glsl",
    "load.html",
    "load.htmlTexture",
    "load.image",
    "load.json",
    "load.multiatlas",
    "load.obj",
    "load.pack",
    "load.plugin",
    "load.scenePlugin",
    "load.script",
    "load.spritesheet",
    "load.svg",
    "load.text",
    "load.tilemapCSV",
    "load.tilemapTiledJSON",
    "load.video",
    "load.xml",
];

pub(super) const ROWS: &[Spec] = &[
    Spec { condition: PLACED, ..sink(BACKBONE, &["Collection.extend", "Model.extend"], Http, PLACES) },
    Spec {
        condition: PLACED,
        ..sink(Root::Global, &["Backbone.Collection.extend", "Backbone.Model.extend"], Http, PLACES)
    },
    maker(Root::Package(&["phaser"]), &["Scene", "default.Scene"], "phaser.Scene", &[]),
    maker(Root::Global, &["Phaser.Scene"], "phaser.Scene", &[]),
    Spec { only_texts: true, ..sink(Root::Client("phaser.Scene"), LOADED, Http, FILES) },
    Spec {
        only_texts: true,
        ..sink(
            Root::Client("phaser.Scene"),
            &["load.aseprite", "load.atlas", "load.atlasXML", "load.bitmapFont", "load.unityAtlas", "load.audioSprite"],
            Http,
            &[Argument(1), Argument(2)],
        )
    },
    sink(Root::Client("phaser.Scene"), &["load.setBaseURL"], Http, FIRST),
];
