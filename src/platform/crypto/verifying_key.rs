//! Public keys of others, parsed once so that they can be kept.

use aws_lc_rs::signature::{ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};

use super::{CryptoError, KeyKind, base58, pem};

/// What stands before an Ed25519 public key in a Multikey.
///
/// Source: <https://www.w3.org/TR/cid-1.0/#Multikey>
pub(super) const ED25519_MULTICODEC: [u8; 2] = [0xed, 0x01];

/// A public key, ready to verify. Cloning is cheap; two are equal when their encodings are.
#[derive(Clone)]
pub struct VerifyingKey {
    kind: KeyKind,
    key: ParsedPublicKey,
}

impl VerifyingKey {
    /// Reads `PUBLIC KEY` (`SubjectPublicKeyInfo`: RSA from 2048 bits, or Ed25519) and
    /// `RSA PUBLIC KEY` (PKCS#1).
    pub fn from_pem(text: &str) -> Result<Self, CryptoError> {
        match pem::decode(text) {
            Some(("PUBLIC KEY", der)) => Self::ed25519(&der).or_else(|_| Self::rsa(&der)),
            Some(("RSA PUBLIC KEY", der)) => Self::rsa(&der),
            Some(_) => Err(CryptoError::BadKey("the PEM block is not a public key")),
            None => Err(CryptoError::BadKey("not a key in PEM")),
        }
    }

    /// Reads a Multikey, `z6Mk…`. Other kinds than Ed25519 are not spoken.
    pub fn from_multibase(text: &str) -> Result<Self, CryptoError> {
        let encoded = text.strip_prefix('z').ok_or(CryptoError::BadKey("not in base58btc"))?;
        let bytes = base58::decode(encoded).ok_or(CryptoError::BadKey("not in base58btc"))?;
        match bytes.strip_prefix(&ED25519_MULTICODEC) {
            Some(raw) if raw.len() == 32 => Self::ed25519(raw),
            _ => Err(CryptoError::BadKey("not an Ed25519 multikey")),
        }
    }

    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), CryptoError> {
        self.key.verify_sig(message, signature).map_err(|_| CryptoError::BadSignature)
    }

    fn rsa(der: &[u8]) -> Result<Self, CryptoError> {
        ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der)
            .map(|key| Self { kind: KeyKind::Rsa, key })
            .map_err(|_| CryptoError::BadKey("not an RSA key of 2048 to 8192 bits"))
    }

    fn ed25519(encoded: &[u8]) -> Result<Self, CryptoError> {
        ParsedPublicKey::new(&ED25519, encoded)
            .map(|key| Self { kind: KeyKind::Ed25519, key })
            .map_err(|_| CryptoError::BadKey("not an Ed25519 key"))
    }
}

impl PartialEq for VerifyingKey {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.key.as_ref() == other.key.as_ref()
    }
}

impl std::fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("VerifyingKey").field(&self.kind).finish()
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::KeyPair as _;

    use super::super::KeyPair;
    use super::*;

    #[test]
    fn an_rsa_key_is_read_in_both_of_its_encodings() {
        let pair = KeyPair::generate_rsa().expect("pair");
        let KeyPair::Rsa(inner) = &pair else { unreachable!("made as RSA") };
        let pkcs1 = pem::encode("RSA PUBLIC KEY", inner.public_key().as_ref());
        let signature = pair.sign(b"message").expect("signed");

        for text in [pair.public_pem().expect("pem"), pkcs1] {
            let key = VerifyingKey::from_pem(&text).expect("read");
            assert_eq!(key.kind(), KeyKind::Rsa);
            assert_eq!(key.verify(b"message", &signature), Ok(()));
        }
    }

    #[test]
    fn an_ed25519_key_in_pem_is_told_from_rsa() {
        let pair = KeyPair::generate_ed25519().expect("pair");

        let key = VerifyingKey::from_pem(&pair.public_pem().expect("pem")).expect("read");

        assert_eq!(key.kind(), KeyKind::Ed25519);
        let multibase = pair.public_multibase().expect("multikey");
        assert!(VerifyingKey::from_multibase(&multibase).is_ok());
    }

    #[test]
    fn the_multikey_of_the_specification_is_read() {
        // FEP-521a and the Controlled Identifiers specification use this one.
        let text = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

        assert_eq!(VerifyingKey::from_multibase(text).map(|key| key.kind()), Ok(KeyKind::Ed25519));
    }

    #[test]
    fn what_is_not_a_key_is_refused() {
        let private = KeyPair::generate_ed25519().expect("pair").to_private_pem().expect("pem");
        for text in ["", "hello", &private, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"] {
            assert!(VerifyingKey::from_pem(text).is_err(), "{text}");
        }
        for text in
            ["", "z", "z6Mk", "u6MkrJVn", "z0OIl", "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme"]
        {
            assert!(VerifyingKey::from_multibase(text).is_err(), "{text}");
        }
    }
}
