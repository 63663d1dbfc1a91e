//! Messages for browsers and programs that are to be woken: encrypted for one of them (RFC 8291, over RFC 8188), and
//! the token by which a push service knows who sends (RFC 8292).

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{CryptoError, Random};
use crate::base::Millis;

/// The longest message, so that it fits one record and what every push service takes (RFC 8291, 4).
pub const PUSH_MAX: usize = 3_800;

/// How large a record may be; ours are one, and smaller.
const RECORD: u32 = 4096;

/// A point of P-256, uncompressed.
const POINT: usize = 65;

/// For whom a message is encrypted: what the browser or program gave out about itself.
#[derive(Clone, PartialEq, Eq)]
pub struct PushReceiver {
    point: Vec<u8>,
    auth: Vec<u8>,
}

impl PushReceiver {
    /// From `p256dh` and `auth` in base64, for URLs or not, with or without padding.
    ///
    /// # Errors
    /// [`CryptoError::BadKey`] if they are none.
    pub fn parse(p256dh: &str, auth: &str) -> Result<Self, CryptoError> {
        let receiver = Self { point: decode(p256dh)?, auth: decode(auth)? };
        if receiver.point.len() != POINT || receiver.point[0] != 4 {
            return Err(CryptoError::BadKey("p256dh is not an uncompressed point of P-256"));
        }
        if receiver.auth.len() != 16 {
            return Err(CryptoError::BadKey("auth is not of 16 bytes"));
        }
        // Whether the point lies on the curve shows in the first agreement.
        let own = PrivateKey::generate(&ECDH_P256).map_err(|_| CryptoError::Generation)?;
        receiver.agree(&own)?;
        Ok(receiver)
    }

    fn agree(&self, own: &PrivateKey) -> Result<Vec<u8>, CryptoError> {
        let theirs = UnparsedPublicKey::new(&ECDH_P256, &self.point);
        agree(own, theirs, CryptoError::BadKey("p256dh is no point of P-256"), |secret| Ok(secret.to_vec()))
    }

    /// The body for the push service, in `aes128gcm`.
    ///
    /// # Errors
    /// [`CryptoError`] if the message is too long or the keys are none.
    pub fn encrypt(&self, random: &Random, message: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let own = PrivateKey::generate(&ECDH_P256).map_err(|_| CryptoError::Generation)?;
        self.encrypt_with(&own, random.bytes(), message)
    }

    fn encrypt_with(&self, own: &PrivateKey, salt: [u8; 16], message: &[u8]) -> Result<Vec<u8>, CryptoError> {
        if message.len() > PUSH_MAX {
            return Err(CryptoError::Signing);
        }
        let own_point = own.compute_public_key().map_err(|_| CryptoError::Generation)?;
        let own_point = own_point.as_ref();
        let secret = self.agree(own)?;
        // RFC 8291, 3.4
        let info = [b"WebPush: info\0".as_slice(), &self.point, own_point].concat();
        let ikm = expand(&extract(&self.auth, &secret), &info, 32);
        // RFC 8188, 2.2 and 2.3
        let prk = extract(&salt, &ikm);
        let key = expand(&prk, b"Content-Encoding: aes128gcm\0", 16);
        let nonce = expand(&prk, b"Content-Encoding: nonce\0", 12);

        let key = UnboundKey::new(&AES_128_GCM, &key).map_err(|_| CryptoError::BadKey("no key"))?;
        let nonce = Nonce::try_assume_unique_for_key(&nonce).map_err(|_| CryptoError::BadKey("no nonce"))?;
        // The last record ends with the byte 2.
        let mut record = [message, &[2]].concat();
        LessSafeKey::new(key)
            .seal_in_place_append_tag(nonce, Aad::empty(), &mut record)
            .map_err(|_| CryptoError::Signing)?;
        Ok([salt.as_slice(), &RECORD.to_be_bytes(), &[POINT as u8], own_point, &record].concat())
    }
}

impl std::fmt::Debug for PushReceiver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PushReceiver")
    }
}

fn decode(text: &str) -> Result<Vec<u8>, CryptoError> {
    let plain: String = text
        .trim()
        .trim_end_matches('=')
        .chars()
        .map(|letter| match letter {
            '+' => '-',
            '/' => '_',
            other => other,
        })
        .collect();
    URL_SAFE_NO_PAD.decode(plain).map_err(|_| CryptoError::BadKey("not in base64"))
}

/// HKDF-Extract with SHA-256 (RFC 5869).
fn extract(salt: &[u8], secret: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, salt), secret).as_ref().to_vec()
}

/// HKDF-Expand with SHA-256, of at most 32 bytes.
fn expand(prk: &[u8], info: &[u8], length: usize) -> Vec<u8> {
    let block = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, prk), &[info, &[1]].concat());
    block.as_ref()[..length].to_vec()
}

/// The key by which push services know the site again (RFC 8292).
pub struct PushSender(EcdsaKeyPair);

impl PushSender {
    /// A new key, as it is kept: PKCS#8 in base64. A secret.
    ///
    /// # Errors
    /// [`CryptoError::Generation`] if the machine makes none.
    pub fn generate() -> Result<String, CryptoError> {
        let pair =
            EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| CryptoError::Generation)?;
        let document = pair.to_pkcs8v1().map_err(|_| CryptoError::Generation)?;
        Ok(URL_SAFE_NO_PAD.encode(document.as_ref()))
    }

    /// Reads what [`PushSender::generate`] made.
    ///
    /// # Errors
    /// [`CryptoError::BadKey`] if it is something else.
    pub fn parse(kept: &str) -> Result<Self, CryptoError> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &decode(kept)?)
            .map(Self)
            .map_err(|_| CryptoError::BadKey("not a key for push services"))
    }

    /// The public half, as browsers and programs are given it when they subscribe.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.public_key().as_ref())
    }

    /// The value of `Authorization` towards the push service at `origin`; `contact` is a `mailto:` or `https:` address.
    ///
    /// # Errors
    /// [`CryptoError::Signing`] if the machine cannot sign.
    pub fn authorization(&self, origin: &str, contact: &str, until: Millis) -> Result<String, CryptoError> {
        let claims = serde_json::json!({ "aud": origin, "exp": until.seconds(), "sub": contact });
        let head = URL_SAFE_NO_PAD.encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let signature =
            self.0.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| CryptoError::Signing)?;
        let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()));
        Ok(format!("vapid t={token}, k={}", self.public_key()))
    }
}

impl std::fmt::Debug for PushSender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PushSender")
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey as Verifier};

    use super::*;

    /// RFC 8291, 5 and appendix A.
    const RECEIVER: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
    const SENDER: &str = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    const SALT: &str = "DGv6ra1nlYgDCS1FRnbzlw";
    const BODY: &str = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml\
                        mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT\
                        pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    #[test]
    fn the_message_of_the_specification_is_written_as_it_stands_there() {
        let receiver = PushReceiver::parse(RECEIVER, AUTH).expect("keys");
        let own = PrivateKey::from_private_key(&ECDH_P256, &decode(SENDER).expect("base64")).expect("a key");
        let salt = decode(SALT).expect("base64").try_into().expect("16 bytes");

        let body = receiver
            .encrypt_with(&own, salt, b"When I grow up, I want to be a watermelon")
            .expect("encrypted");

        assert_eq!(URL_SAFE_NO_PAD.encode(body), BODY);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let off_the_curve = URL_SAFE_NO_PAD.encode([&[4_u8][..], &[1; 64]].concat());
        for (key, auth) in [
            ("", AUTH),
            (RECEIVER, ""),
            (RECEIVER, RECEIVER),
            (AUTH, AUTH),
            ("???", AUTH),
            (off_the_curve.as_str(), AUTH),
        ] {
            assert!(PushReceiver::parse(key, auth).is_err(), "{key} {auth}");
        }
        assert!(PushReceiver::parse(&RECEIVER.replace('-', "+").replace('_', "/"), AUTH).is_ok());
    }

    #[test]
    fn a_long_message_is_refused() {
        let receiver = PushReceiver::parse(RECEIVER, AUTH).expect("keys");

        assert!(receiver.encrypt(&Random::system(), &[b'x'; PUSH_MAX]).is_ok());
        assert!(receiver.encrypt(&Random::system(), &[b'x'; PUSH_MAX + 1]).is_err());
    }

    #[test]
    fn a_push_service_can_check_who_sends() {
        let sender = PushSender::parse(&PushSender::generate().expect("a key")).expect("its own key");

        let value = sender
            .authorization("https://push.example", "mailto:a@example.org", Millis(1_453_523_768_000))
            .expect("signed");

        let (token, key) =
            value.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).expect("parts");
        let (signed, signature) = token.rsplit_once('.').expect("three parts");
        let claims = signed.split_once('.').expect("two parts").1;
        let claims: serde_json::Value =
            serde_json::from_slice(&decode(claims).expect("base64")).expect("JSON");
        assert_eq!(claims["aud"], "https://push.example");
        assert_eq!(claims["exp"], 1_453_523_768);
        assert_eq!(key, sender.public_key());
        let (key, signature) = (decode(key).expect("base64"), decode(signature).expect("base64"));
        assert!(Verifier::new(&ECDSA_P256_SHA256_FIXED, &key).verify(signed.as_bytes(), &signature).is_ok());
    }
}
