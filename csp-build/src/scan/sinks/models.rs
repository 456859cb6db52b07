//! Models: those that answer over the network, and those that a page loads. What they connect to was read in their packages:
//!
//! - `openai` 6.49.0 and 3.3.0, `@langchain/openai` 1.5.8, `@ai-sdk/openai`, `@ai-sdk/anthropic`, `@ai-sdk/google` and
//!   `@ai-sdk/mistral` 3.0, `@anthropic-ai/sdk` 1.14.0, `groq-sdk` 1.6.0, `@google/generative-ai` 0.24.1, `@google/genai`
//!   2.32.0. What variables of a server say of their hosts no page knows.
//! - `ai` 3.4 and 5, `@ai-sdk/react` 1 and later: hooks ask the page's own server.
//! - `@teachablemachine/image` 0.8.5, `face-api.js` 0.22.2, `sql.js` 1.16.0, `@tensorflow/tfjs`; `three` 0.187.0, whose
//!   loaders of images make elements and none of these.

use super::Implied::{Given, Origin, Otherwise, Without};
use super::Slot::{Argument, Key};
use super::Transport::Http;
use super::{Condition, FIRST, Implied, Root, Slot, Spec, maker, sdk, sink};
use crate::scan::report::SELF_ORIGIN;

const OPENAI_HOST: &[Implied] = &[Otherwise("https://api.openai.com")];
const ANTHROPIC_HOST: &[Implied] = &[Otherwise("https://api.anthropic.com")];
const GOOGLE_HOST: &[Implied] = &[Otherwise("https://generativelanguage.googleapis.com")];
const MISTRAL_HOST: &[Implied] = &[Otherwise("https://api.mistral.ai")];
const OWN: &[Implied] = &[Otherwise(SELF_ORIGIN)];
/// A transport, and a chat that was made with one, say themselves where they go.
const OWN_BY_HOOK: &[Implied] = &[Without(&[Key(0, "transport"), Key(0, "chat")], SELF_ORIGIN)];

const BASE: &[Slot] = &[Key(0, "baseURL")];
const LANGCHAIN: &[&str] = &["ChatOpenAI", "OpenAI", "OpenAIEmbeddings", "DallEAPIWrapper"];
const LANGCHAIN_BASES: &[Slot] = &[Key(0, "configuration.baseURL"), Key(0, "configuration.basePath")];
const API: &[Slot] = &[Key(0, "api")];
const HOOKS: Root = Root::Package(&[
    "@ai-sdk/react",
    "@ai-sdk/solid",
    "@ai-sdk/svelte",
    "@ai-sdk/vue",
    "ai/react",
    "ai/solid",
    "ai/svelte",
    "ai/vue",
]);

const FACES: &[&str] = &[
    "nets.ageGenderNet.loadFromUri",
    "nets.faceExpressionNet.loadFromUri",
    "nets.faceLandmark68Net.loadFromUri",
    "nets.faceLandmark68TinyNet.loadFromUri",
    "nets.faceRecognitionNet.loadFromUri",
    "nets.mtcnn.loadFromUri",
    "nets.ssdMobilenetv1.loadFromUri",
    "nets.tinyFaceDetector.loadFromUri",
    "nets.tinyYolov2.loadFromUri",
    "loadSsdMobilenetv1Model",
    "loadTinyFaceDetectorModel",
];
/// What reads a file by a request; loaders of textures make images.
const THREE_LOADERS: &[&str] = &[
    "AudioLoader",
    "BufferGeometryLoader",
    "ColladaLoader",
    "DRACOLoader",
    "EXRLoader",
    "FBXLoader",
    "FileLoader",
    "FontLoader",
    "GLTFLoader",
    "HDRLoader",
    "KTX2Loader",
    "MTLLoader",
    "OBJLoader",
    "ObjectLoader",
    "PLYLoader",
    "RGBELoader",
    "STLLoader",
    "SVGLoader",
];
const TENSORFLOW: Root = Root::Package(&["@tensorflow/tfjs", "@tensorflow/tfjs-converter", "@tensorflow/tfjs-layers"]);
const TEACHABLE: Root = Root::Package(&["@teachablemachine/image", "@teachablemachine/pose"]);
const BOTH: &[Slot] = &[Argument(0), Argument(1)];

const TRANSFORMERS: Root = Root::Package(&["@huggingface/transformers", "@xenova/transformers"]);
const TRANSFORMED: &[&str] = &[
    "AutoModel.from_pretrained",
    "AutoModelForCausalLM.from_pretrained",
    "AutoModelForSeq2SeqLM.from_pretrained",
    "AutoProcessor.from_pretrained",
    "AutoTokenizer.from_pretrained",
    "CLIPTextModelWithProjection.from_pretrained",
    "CLIPVisionModelWithProjection.from_pretrained",
    "WhisperForConditionalGeneration.from_pretrained",
    "pipeline",
];
const TRANSFORMER_HOSTS: &[Implied] = &[Origin("https://huggingface.co"), Origin("https://cdn.jsdelivr.net")];

/// What takes other things than URLs there, too.
const fn loads(root: Root, paths: &'static [&'static str], urls: &'static [Slot]) -> Spec {
    Spec { only_texts: true, ..sink(root, paths, Http, urls) }
}

pub(super) const ROWS: &[Spec] = &[
    // Models that answer.
    sdk("openai", Root::Package(&["openai"]), &["", "OpenAI"], BASE, OPENAI_HOST),
    sink(Root::Package(&["openai"]), &["AzureOpenAI"], Http, &[Key(0, "baseURL"), Key(0, "endpoint")]),
    sdk("openai", Root::Package(&["openai"]), &["Configuration"], &[Key(0, "basePath")], OPENAI_HOST),
    sdk("openai", Root::Package(&["@langchain/openai"]), LANGCHAIN, LANGCHAIN_BASES, OPENAI_HOST),
    sdk("openai", Root::Package(&["@ai-sdk/openai"]), &["createOpenAI", "openai"], BASE, OPENAI_HOST),
    sdk("anthropic", Root::Package(&["@anthropic-ai/sdk"]), &["", "Anthropic"], BASE, ANTHROPIC_HOST),
    sdk("anthropic", Root::Package(&["@ai-sdk/anthropic"]), &["anthropic", "createAnthropic"], BASE, ANTHROPIC_HOST),
    sdk(
        "google-generative-ai",
        Root::Package(&["@ai-sdk/google"]),
        &["createGoogleGenerativeAI", "google"],
        BASE,
        GOOGLE_HOST,
    ),
    sdk("mistral", Root::Package(&["@ai-sdk/mistral"]), &["createMistral", "mistral"], BASE, MISTRAL_HOST),
    sdk("groq", Root::Package(&["groq-sdk"]), &["", "Groq"], BASE, &[Otherwise("https://api.groq.com")]),
    maker(Root::Package(&["@google/generative-ai"]), &["GoogleGenerativeAI"], "GoogleGenerativeAI", &[]),
    sdk(
        "google-generative-ai",
        Root::Client("GoogleGenerativeAI"),
        &["getGenerativeModel"],
        &[Key(1, "baseUrl")],
        GOOGLE_HOST,
    ),
    sdk(
        "google-generative-ai",
        Root::Package(&["@google/genai"]),
        &["GoogleGenAI"],
        &[Key(0, "httpOptions.baseUrl")],
        GOOGLE_HOST,
    ),
    Spec { only_texts: true, ..sdk("ai-sdk", HOOKS, &["useChat", "useCompletion"], API, OWN_BY_HOOK) },
    Spec { only_texts: true, ..sdk("ai-sdk", Root::Package(&["ai"]), &["DefaultChatTransport"], API, OWN) },
    sink(HOOKS, &["experimental_useObject", "useAssistant", "useObject"], Http, API),
    // Models and modules that a page loads.
    loads(TENSORFLOW, &["loadGraphModel", "loadLayersModel"], FIRST),
    loads(Root::Global, &["tf.loadGraphModel", "tf.loadLayersModel"], FIRST),
    loads(TEACHABLE, &["load"], BOTH),
    loads(Root::Global, &["tmImage.load", "tmPose.load"], BOTH),
    loads(Root::Package(&["@vladmandic/face-api", "face-api.js"]), FACES, FIRST),
    loads(
        Root::Global,
        &[
            "faceapi.nets.ageGenderNet.loadFromUri",
            "faceapi.nets.faceExpressionNet.loadFromUri",
            "faceapi.nets.faceLandmark68Net.loadFromUri",
            "faceapi.nets.faceRecognitionNet.loadFromUri",
            "faceapi.nets.ssdMobilenetv1.loadFromUri",
            "faceapi.nets.tinyFaceDetector.loadFromUri",
        ],
        FIRST,
    ),
    sink(Root::Package(&["sql.js"]), &[""], Http, &[Key(0, "locateFile")]),
    sink(Root::Global, &["initSqlJs"], Http, &[Key(0, "locateFile")]),
    maker(Root::Package(&["three", "three-stdlib"]), THREE_LOADERS, "three.loader", &[]),
    maker(
        Root::Global,
        &["THREE.FileLoader", "THREE.FBXLoader", "THREE.FontLoader", "THREE.GLTFLoader", "THREE.OBJLoader"],
        "three.loader",
        &[],
    ),
    // @react-three/fiber 9 and drei 10.7.9, whose surroundings by name come from a network.
    Spec {
        condition: Some(Condition::Class(Argument(0), "three.loader")),
        ..loads(Root::Package(&["@react-three/fiber"]), &["useLoader", "useLoader.preload"], &[Argument(1)])
    },
    loads(
        Root::Package(&["@react-three/drei", "@react-three/drei/native"]),
        &["useFBX", "useFBX.preload", "useFont", "useGLTF", "useGLTF.preload", "useKTX2"],
        FIRST,
    ),
    loads(Root::Package(&["@react-three/drei"]), &["Gltf", "Splat"], &[Key(0, "src")]),
    Spec {
        only_texts: true,
        ..sdk(
            "drei",
            Root::Package(&["@react-three/drei"]),
            &["Environment", "useEnvironment"],
            &[Key(0, "files"), Key(0, "files.*")],
            &[Given(&[Key(0, "preset")], "https://raw.githack.com")],
        )
    },
    // Models of Hugging Face: inference 4.13.30, transformers 4.3.1, whose files a redirect hands out; web-llm 0.2.86; replicate 1.4.0.
    sdk(
        "hugging-face",
        Root::Package(&["@huggingface/inference"]),
        &["HfInference", "InferenceClient"],
        &[Key(1, "endpointUrl")],
        &[Otherwise("https://router.huggingface.co"), Otherwise("https://huggingface.co")],
    ),
    sdk("hugging-face", TRANSFORMERS, TRANSFORMED, &[], TRANSFORMER_HOSTS),
    sdk(
        "web-llm",
        Root::Package(&["@mlc-ai/web-llm"]),
        &["CreateMLCEngine", "CreateWebWorkerMLCEngine", "CreateServiceWorkerMLCEngine", "MLCEngine"],
        &[],
        &[Origin("https://huggingface.co"), Origin("https://raw.githubusercontent.com")],
    ),
    sdk(
        "replicate",
        Root::Package(&["replicate"]),
        &[""],
        &[Key(0, "baseUrl")],
        &[Otherwise("https://api.replicate.com")],
    ),
    maker(Root::Client("three.loader"), &["setPath"], "three.loader", FIRST),
    loads(Root::Client("three.loader"), &["load", "loadAsync"], FIRST),
];
