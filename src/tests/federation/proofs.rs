//! Canonical JSON and proofs, held against what others published.

use std::path::PathBuf;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use breezeway::activitystreams::context::DATA_INTEGRITY;
use breezeway::base::Millis;
use breezeway::federation::proofs::jcs::{NotCanonical, canonical};
use breezeway::federation::proofs::{self, ProofError};
use breezeway::federation::signatures::SigningKey;
use breezeway::platform::crypto::{KeyPair, VerifyingKey, from_multibase, sha256, to_multibase};
use serde_json::{Value, json};

const HOUR: Duration = Duration::from_hours(1);
const KEY: &str = "https://server.example/users/alice#ed25519-key";

fn data(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/tests/data").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is there", path.display()))
}

/// The documents between `"""` in the feature, in order.
fn features() -> Vec<Value> {
    let text = data("fep-8b32.feature");
    let blocks = text.split("\"\"\"").skip(1).step_by(2);
    blocks.map(|block| serde_json::from_str(block).unwrap()).collect()
}

/// A key pair out of the 32 bytes of a secret multikey, in PKCS#8.
fn pair_of(secret: &str) -> KeyPair {
    let bytes = from_multibase(secret).unwrap();
    let seed = bytes.strip_prefix(&[0x80, 0x26]).unwrap();
    let head = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    let der = STANDARD.encode([&head, seed].concat());
    KeyPair::from_private_pem(&format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n"))
        .unwrap()
}

fn at(text: &str) -> Millis {
    Millis::from_rfc3339(text).unwrap()
}

fn now() -> Millis {
    at("2023-02-24T23:36:38Z")
}

fn seal(document: &Value, pair: &KeyPair) -> Value {
    let sealed = proofs::seal(&document.to_string(), SigningKey { key_id: KEY, pair }, now()).unwrap();
    serde_json::from_str(&sealed).unwrap()
}

/// A sealed document, its key, and the problem that `spoil` causes.
fn problem_with(spoil: impl FnOnce(&mut Value)) -> Option<ProofError> {
    let pair = KeyPair::generate_ed25519().unwrap();
    let document = json!({
        "@context": ["https://www.w3.org/ns/activitystreams", DATA_INTEGRITY],
        "id": "https://server.example/activities/1",
        "type": "Create",
        "object": { "type": "Note", "content": "Hello world" },
    });
    let mut sealed = seal(&document, &pair);
    spoil(&mut sealed);
    let public = pair.verifying_key().unwrap();
    match proofs::read(sealed.to_string().as_bytes(), now(), HOUR) {
        Ok(proofs) => proofs.iter().find_map(|proof| proof.verify(&public).err()),
        Err(problem) => Some(problem),
    }
}

#[test]
fn every_published_document_has_its_published_spelling() {
    for name in ["arrays", "french", "structures", "unicode", "values", "weird"] {
        let spelt = canonical(&data(&format!("jcs/input/{name}.json"))).unwrap();

        assert_eq!(spelt, data(&format!("jcs/output/{name}.json")).trim_end_matches('\n'), "{name}");
        let bytes: Vec<String> = spelt.bytes().map(|byte| format!("{byte:02x}")).collect();
        let published: Vec<String> =
            data(&format!("jcs/outhex/{name}.txt")).split_whitespace().map(str::to_owned).collect();
        assert_eq!(bytes, published, "{name}");
    }
}

/// RFC 8785, appendix B, and the edges between the forms.
#[test]
fn numbers_are_spelt_as_in_the_specification() {
    for (bits, spelt) in [
        (0x0000_0000_0000_0000_u64, "0"),
        (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"),
        (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"),
        (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
        (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"),
        (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"),
        (0x41b3_de43_5555_5554, "333333333.33333325"),
        (0x41b3_de43_5555_5555, "333333333.3333333"),
        (0x41b3_de43_5555_5556, "333333333.3333334"),
        (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
        (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] {
        let number = f64::from_bits(bits);
        assert_eq!(canonical(&format!("{number:e}")).unwrap(), spelt, "{bits:x}");
    }
    assert_eq!(canonical("9007199254740993").unwrap(), "9007199254740992");
    assert_eq!(canonical("1e400"), Err(NotCanonical::Number));
}

#[test]
fn a_number_has_one_spelling_however_long_it_is_written() {
    let zeros = "0".repeat(20_000);
    for (written, spelt) in [
        // Nothing beyond what a number of ECMAScript can say is worked out.
        ("1e-400".to_owned(), "0"),
        ("-1e-99999999999999999999".to_owned(), "0"),
        (format!("0.{zeros}1"), "0"),
        (format!("0.{zeros}1e20001"), "1"),
        (format!("1{zeros}e-20000"), "1"),
        (format!("1.{zeros}"), "1"),
        (format!("1.{zeros}1"), "1"),
        (format!("123456789{}", "9".repeat(200)), "1.2345679e+208"),
        // Forty digits are looked at where two spellings are equally near, and no more are written.
        ("5e-324".to_owned(), "5e-324"),
        ("2.5e-324".to_owned(), "5e-324"),
        ("2.2250738585072011e-308".to_owned(), "2.225073858507201e-308"),
        ("179769313486231570814527423731704356798070e267".to_owned(), "1.7976931348623157e+308"),
    ] {
        let short: String = written.chars().take(40).collect();
        assert_eq!(canonical(&written).as_deref(), Ok(spelt), "{short}…");
        assert_eq!(canonical(spelt).as_deref(), Ok(spelt), "{spelt}");
    }
    for written in ["1e400", "-1e400", "1e99999999999999999999", &format!("1{zeros}")] {
        let short: String = written.chars().take(40).collect();
        assert_eq!(canonical(written), Err(NotCanonical::Number), "{short}…");
        assert_eq!(canonical(&format!("[{{\"a\": {written}}}]")), Err(NotCanonical::Number), "{short}…");
    }
}

#[test]
fn no_number_is_spelt_longer_than_a_number_can_be() {
    // All exponents, with mantissas that end in odd digits and in even ones.
    for exponent in -330..=307 {
        for mantissa in ["1", "3.3333333333333333333", "7.5", "9.007199254740993", "4.35"] {
            let spelt = canonical(&format!("{mantissa}e{exponent}")).unwrap();
            assert!(spelt.len() <= 25, "{mantissa}e{exponent}: {spelt}");
            let (one, other): (f64, f64) =
                (spelt.parse().unwrap(), format!("{mantissa}e{exponent}").parse().unwrap());
            assert_eq!(one.to_bits(), other.to_bits(), "{spelt} reads back as the number");
        }
    }
}

#[test]
fn what_two_readers_may_understand_differently_has_no_spelling() {
    assert_eq!(
        canonical(r#"{"a": 1, "b": {"c": 1, "\u0063": 2}}"#),
        Err(NotCanonical::Twice("c".to_owned()))
    );
    for text in ["", "{", "[1,]", "nul", "{\"a\" 1}", "\"\\ud800\""] {
        assert!(canonical(text).is_err(), "{text}");
    }
}

#[test]
fn the_published_credential_is_believed_step_by_step() {
    let signed: Value = serde_json::from_str(&data("eddsa-jcs-2022/signedJCS.json")).unwrap();
    let mut document = signed.clone();
    document.as_object_mut().unwrap().remove("proof");
    let spelt = canonical(&document.to_string()).unwrap();
    let config = canonical(&data("eddsa-jcs-2022/proofConfigJCS.json")).unwrap();
    let step = |name: &str| data(&format!("eddsa-jcs-2022/{name}JCS.txt")).trim().to_owned();

    assert_eq!(spelt, step("canonDoc"));
    assert_eq!(config, step("proofCanon"));
    assert_eq!(sha256(spelt.as_bytes()).to_hex(), step("docHash"));
    assert_eq!(sha256(config.as_bytes()).to_hex(), step("proofHash"));
    assert_eq!(step("combinedHash"), step("proofHash") + &step("docHash"));
    let signature = from_multibase(signed["proof"]["proofValue"].as_str().unwrap()).unwrap();
    let hex = signature.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    assert_eq!(hex, step("sigHex"));
    assert_eq!(to_multibase(&signature), step("sigBTC58"));

    // Its key is named by `did:key`, which nobody here looks up: under another name all else stays the same, and
    // the digest of the proof with it does not.
    let combined: Vec<u8> = (0..128)
        .step_by(2)
        .map(|at| u8::from_str_radix(&step("combinedHash")[at..at + 2], 16).unwrap())
        .collect();
    let key = VerifyingKey::from_multibase("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2").unwrap();
    assert_eq!(key.verify(&combined, &signature), Ok(()));
    let problem = proofs::read(signed.to_string().as_bytes(), now(), HOUR).unwrap_err();
    assert_eq!(problem, ProofError::Malformed("verificationMethod"));
}

#[test]
fn the_feature_of_the_proposal_is_signed_as_published() {
    let documents = features();
    let pair = pair_of("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq");

    assert_eq!(seal(&documents[0], &pair), documents[1]);
}

#[test]
fn the_feature_of_the_proposal_is_believed() {
    let documents = features();
    let actor = &documents[3]["assertionMethod"][0];
    let key = VerifyingKey::from_multibase(actor["publicKeyMultibase"].as_str().unwrap()).unwrap();

    let found = proofs::read(documents[2].to_string().as_bytes(), now(), HOUR).unwrap();

    assert_eq!(found.len(), 1);
    assert_eq!(found[0].method.as_str(), actor["id"].as_str().unwrap());
    assert_eq!(found[0].verify(&key), Ok(()));
    let other = KeyPair::generate_ed25519().unwrap().verifying_key().unwrap();
    assert!(matches!(found[0].verify(&other), Err(ProofError::Unfit(_))));
}

#[test]
fn a_proof_over_another_body_is_noticed() {
    assert_eq!(problem_with(|_| ()), None);
    let unfit = |problem| matches!(problem, Some(ProofError::Unfit(_)));

    assert!(unfit(problem_with(|document| document["object"]["content"] = json!("Hello word"))));
    assert!(unfit(problem_with(|document| document["to"] = json!("https://server.example/users/eve"))));
    assert!(unfit(problem_with(|document| document["proof"]["created"] = json!("2023-02-24T23:36:39Z"))));
    assert!(unfit(problem_with(|document| document["proof"]["domain"] = json!("server.example"))));
    assert!(unfit(problem_with(|document| drop(
        document["proof"].as_object_mut().unwrap().remove("@context")
    ))));
}

#[test]
fn a_proof_that_is_not_spoken_is_as_good_as_none() {
    for (field, value, expected) in [
        ("type", json!("RsaSignature2017"), ProofError::Unspoken("RsaSignature2017".to_owned())),
        ("cryptosuite", json!("eddsa-rdfc-2022"), ProofError::Unspoken("eddsa-rdfc-2022".to_owned())),
        ("cryptosuite", Value::Null, ProofError::Malformed("cryptosuite")),
        ("proofPurpose", json!("authentication"), ProofError::Purpose),
        ("previousProof", json!("urn:1"), ProofError::Unspoken("chain of proofs".to_owned())),
        ("verificationMethod", json!("did:key:z6Mk"), ProofError::Malformed("verificationMethod")),
        ("verificationMethod", json!({ "id": KEY }), ProofError::Malformed("verificationMethod")),
        ("proofValue", json!("zLaew"), ProofError::Malformed("proofValue")),
        ("proofValue", json!("uLaew"), ProofError::Malformed("proofValue")),
        ("proofValue", json!(7), ProofError::Malformed("proofValue")),
        ("created", json!("yesterday"), ProofError::Malformed("created")),
        ("created", json!("2023-02-25T02:36:38Z"), ProofError::Future { seconds: 3 * 3600 }),
        ("created", json!("2023-01-01T23:36:38Z"), ProofError::Stale { seconds: 54 * 24 * 3600 }),
        ("expires", json!("2023-02-24T23:36:37Z"), ProofError::Expired { seconds: 1 }),
        ("expires", json!("never"), ProofError::Malformed("expires")),
    ] {
        let problem = problem_with(|document| document["proof"][field] = value.clone());
        assert_eq!(problem, Some(expected), "{field}: {value}");
    }
    assert_eq!(problem_with(|document| document["proof"] = json!([])), Some(ProofError::Missing));
    assert_eq!(
        problem_with(|document| drop(document.as_object_mut().unwrap().remove("proof"))),
        Some(ProofError::Missing)
    );
    let problem = problem_with(|document| drop(document["proof"].as_object_mut().unwrap().remove("created")));
    assert_eq!(problem, Some(ProofError::Malformed("created")));
}

#[test]
fn the_context_of_a_proof_is_that_of_its_document() {
    let extra = json!(["https://www.w3.org/ns/activitystreams", DATA_INTEGRITY, "https://evil.example/ns"]);

    let problem = problem_with(|document| document["proof"]["@context"] = extra.clone());
    assert_eq!(problem, Some(ProofError::Context));
    let problem =
        problem_with(|document| document["@context"] = json!("https://www.w3.org/ns/activitystreams"));
    assert_eq!(problem, Some(ProofError::Context));
    // Who adds to the context of the document changes nothing for those who read plain JSON: the specification
    // lets it pass, and so does this.
    assert_eq!(problem_with(|document| document["@context"] = extra), None);
}

#[test]
fn what_can_hide_the_meaning_is_refused() {
    for word in ["@graph", "@included", "@reverse", "@nest"] {
        let field = problem_with(|document| document["object"][word] = json!({}));
        assert!(matches!(field, Some(ProofError::Keyword(found)) if found == word), "{word}: {field:?}");
        let alias = problem_with(|document| {
            document["@context"].as_array_mut().unwrap().push(json!({ "harmless": word }));
        });
        assert!(matches!(alias, Some(ProofError::Keyword(found)) if found == word), "{word}: {alias:?}");
    }
}

#[test]
fn of_several_proofs_those_that_are_spoken_are_tried() {
    let problem = problem_with(|document| {
        let proof = document["proof"].clone();
        document["proof"] = json!([{ "type": "Ed25519Signature2020" }, proof]);
    });

    assert_eq!(problem, None);
}
