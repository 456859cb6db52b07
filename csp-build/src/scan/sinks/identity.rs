//! Who somebody is: `oidc-client-ts` 3.5.0, `@okta/okta-auth-js` 8.0.1, `angular-oauth2-oidc` 22.0.2,
//! `angular-auth-oidc-client` 22.0.1, `amazon-cognito-identity-js` 6.3.21, `next-auth`, and Amazon's clients, whose hosts go with a
//! region.

use super::Implied::{FilledBy, Origin, OtherwiseFilled};
use super::Slot::Key;
use super::Transport::Http;
use super::{FIRST, Implied, Root, Slot, Spec, maker, sdk, sink};
use crate::scan::report::SELF_ORIGIN;

const AUTHORITY: &[Slot] = &[Key(0, "authority"), Key(0, "metadataUrl"), Key(0, "metadata.token_endpoint")];
const AUTHORITIES: &[Slot] = &[Key(0, "config.authority"), Key(0, "config.*.authority")];
const POOL: &[Implied] = &[FilledBy(Key(0, "UserPoolId"), pool)];
const AMPLIFY: &[Implied] = &[
    FilledBy(Key(0, "Auth.Cognito.userPoolId"), pool),
    FilledBy(Key(0, "Auth.Cognito.identityPoolId"), identity_pool),
    FilledBy(Key(0, "Auth.userPoolId"), pool),
    FilledBy(Key(0, "Auth.identityPoolId"), identity_pool),
    FilledBy(Key(0, "aws_user_pools_id"), pool),
    FilledBy(Key(0, "aws_cognito_identity_pool_id"), identity_pool),
];
const AMPLIFY_URLS: &[Slot] = &[
    Key(0, "API.GraphQL.endpoint"),
    Key(0, "API.REST.*.endpoint"),
    Key(0, "API.endpoints.*.endpoint"),
    Key(0, "aws_appsync_graphqlEndpoint"),
    Key(0, "aws_cloud_logic_custom.*.endpoint"),
];
const ENDPOINT: &[Slot] = &[Key(0, "endpoint")];

/// `eu-west-1_AbCd` as the host of its region.
fn pool(id: &str) -> Option<String> {
    id.split_once('_').map(|(region, _)| format!("https://cognito-idp.{region}.amazonaws.com"))
}

/// `eu-west-1:0123…` as the host of its region.
fn identity_pool(id: &str) -> Option<String> {
    id.split_once(':').map(|(region, _)| format!("https://cognito-identity.{region}.amazonaws.com"))
}

/// A client of Amazon's whose host goes with the region.
const fn amazon(packages: &'static [&'static str], paths: &'static [&'static str], host: &'static [Implied]) -> Spec {
    sdk("aws", Root::Package(packages), paths, ENDPOINT, host)
}

const fn regional(template: &'static str) -> Implied {
    OtherwiseFilled(Key(0, "region"), template)
}

pub(super) const ROWS: &[Spec] = &[
    sink(
        Root::Package(&["oidc-client", "oidc-client-ts"]),
        &["OidcClient", "UserManager", "default.UserManager"],
        Http,
        AUTHORITY,
    ),
    sink(Root::Global, &["Oidc.OidcClient", "Oidc.UserManager", "oidc.UserManager"], Http, AUTHORITY),
    sink(Root::Package(&["react-oidc-context"]), &["AuthProvider"], Http, AUTHORITY),
    sink(Root::Package(&["@okta/okta-auth-js"]), &["", "OktaAuth"], Http, &[Key(0, "issuer")]),
    maker(Root::Package(&["angular-oauth2-oidc"]), &["OAuthService"], "OAuthService", &[]),
    sink(Root::Client("OAuthService"), &["configure"], Http, &[Key(0, "issuer"), Key(0, "tokenEndpoint")]),
    Spec { only_texts: true, ..sink(Root::Client("OAuthService"), &["loadDiscoveryDocument"], Http, FIRST) },
    sink(Root::Package(&["angular-auth-oidc-client"]), &["AuthModule.forRoot", "provideAuth"], Http, AUTHORITIES),
    sink(Root::Package(&["keycloak-angular"]), &["provideKeycloak"], Http, &[Key(0, "config.url")]),
    maker(Root::Package(&["keycloak-angular"]), &["KeycloakService"], "KeycloakService", &[]),
    sink(Root::Client("KeycloakService"), &["init"], Http, &[Key(0, "config.url")]),
    sink(
        Root::Package(&["supertokens-auth-react", "supertokens-web-js"]),
        &["default.init", "init"],
        Http,
        &[Key(0, "appInfo.apiDomain")],
    ),
    sdk(
        "next-auth",
        Root::Package(&["next-auth/react", "next-auth/client"]),
        &["SessionProvider", "getSession", "signIn", "signOut"],
        &[],
        &[Origin(SELF_ORIGIN)],
    ),
    // Pools of users.
    sdk("cognito", Root::Package(&["amazon-cognito-identity-js"]), &["CognitoUserPool"], &[Key(0, "endpoint")], POOL),
    Spec {
        only_texts: true,
        ..sdk(
            "amplify",
            Root::Package(&["aws-amplify", "@aws-amplify/core"]),
            &["Amplify.configure", "default.configure", "Auth.configure"],
            AMPLIFY_URLS,
            AMPLIFY,
        )
    },
    // Amazon's own clients.
    amazon(
        &["@aws-sdk/client-bedrock-runtime"],
        &["BedrockRuntime", "BedrockRuntimeClient"],
        &[regional("https://bedrock-runtime.{}.amazonaws.com")],
    ),
    amazon(
        &["@aws-sdk/client-cognito-identity"],
        &["CognitoIdentity", "CognitoIdentityClient"],
        &[regional("https://cognito-identity.{}.amazonaws.com")],
    ),
    amazon(
        &["@aws-sdk/client-cognito-identity-provider"],
        &["CognitoIdentityProvider", "CognitoIdentityProviderClient"],
        &[regional("https://cognito-idp.{}.amazonaws.com")],
    ),
    amazon(
        &["@aws-sdk/client-dynamodb"],
        &["DynamoDB", "DynamoDBClient"],
        &[regional("https://dynamodb.{}.amazonaws.com")],
    ),
    amazon(&["@aws-sdk/client-lambda"], &["Lambda", "LambdaClient"], &[regional("https://lambda.{}.amazonaws.com")]),
    amazon(
        &["@aws-sdk/client-location"],
        &["Location", "LocationClient"],
        &[regional("https://*.geo.{}.amazonaws.com")],
    ),
    amazon(&["@aws-sdk/client-polly"], &["Polly", "PollyClient"], &[regional("https://polly.{}.amazonaws.com")]),
    amazon(
        &["@aws-sdk/client-rekognition"],
        &["Rekognition", "RekognitionClient"],
        &[regional("https://rekognition.{}.amazonaws.com")],
    ),
    amazon(&["@aws-sdk/client-s3"], &["S3", "S3Client"], &[regional("https://*.s3.{}.amazonaws.com")]),
    amazon(&["@aws-sdk/client-ses"], &["SES", "SESClient"], &[regional("https://email.{}.amazonaws.com")]),
    amazon(&["@aws-sdk/client-sns"], &["SNS", "SNSClient"], &[regional("https://sns.{}.amazonaws.com")]),
    amazon(&["@aws-sdk/client-sqs"], &["SQS", "SQSClient"], &[regional("https://sqs.{}.amazonaws.com")]),
    amazon(
        &["@aws-sdk/client-translate"],
        &["Translate", "TranslateClient"],
        &[regional("https://translate.{}.amazonaws.com")],
    ),
];
