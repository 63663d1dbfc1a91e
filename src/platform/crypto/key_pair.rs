//! Key pairs: made, kept as PKCS#8 PEM, and used to sign.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{self, KeySize};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256};

use super::verifying_key::ED25519_MULTICODEC;
use super::{CryptoError, VerifyingKey, base58, pem};

/// Which mathematics a key belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    Rsa,
    Ed25519,
}

/// A private key with its public half.
pub enum KeyPair {
    Rsa(rsa::KeyPair),
    Ed25519(Ed25519KeyPair),
}

impl KeyPair {
    /// A new RSA key of 2048 bits. Takes some 50 ms of CPU: call from `spawn_blocking`.
    pub fn generate_rsa() -> Result<Self, CryptoError> {
        rsa::KeyPair::generate(KeySize::Rsa2048).map(Self::Rsa).map_err(|_| CryptoError::Generation)
    }

    pub fn generate_ed25519() -> Result<Self, CryptoError> {
        Ed25519KeyPair::generate().map(Self::Ed25519).map_err(|_| CryptoError::Generation)
    }

    pub fn kind(&self) -> KeyKind {
        match self {
            Self::Rsa(_) => KeyKind::Rsa,
            Self::Ed25519(_) => KeyKind::Ed25519,
        }
    }

    /// Reads what [`KeyPair::to_private_pem`] wrote.
    pub fn from_private_pem(text: &str) -> Result<Self, CryptoError> {
        let Some(("PRIVATE KEY", der)) = pem::decode(text) else {
            return Err(CryptoError::BadKey("not a PKCS#8 private key in PEM"));
        };
        if let Ok(pair) = Ed25519KeyPair::from_pkcs8(&der) {
            return Ok(Self::Ed25519(pair));
        }
        rsa::KeyPair::from_pkcs8(&der)
            .map(Self::Rsa)
            .map_err(|_| CryptoError::BadKey("neither an RSA nor an Ed25519 private key"))
    }

    /// PKCS#8 in PEM. A secret: never logged, never sent.
    pub fn to_private_pem(&self) -> Result<String, CryptoError> {
        let der: Pkcs8V1Der<'_> = match self {
            Self::Rsa(pair) => pair.as_der(),
            Self::Ed25519(pair) => pair.as_der(),
        }
        .map_err(|_| CryptoError::BadKey("the key cannot be written"))?;
        Ok(pem::encode("PRIVATE KEY", der.as_ref()))
    }

    /// The public half as `SubjectPublicKeyInfo` in PEM, as `publicKeyPem` carries it.
    pub fn public_pem(&self) -> Result<String, CryptoError> {
        let der: PublicKeyX509Der<'_> = match self {
            Self::Rsa(pair) => pair.public_key().as_der(),
            Self::Ed25519(pair) => pair.public_key().as_der(),
        }
        .map_err(|_| CryptoError::BadKey("the public key cannot be written"))?;
        Ok(pem::encode("PUBLIC KEY", der.as_ref()))
    }

    /// The public half as `publicKeyMultibase`, `z6Mk…`. Only for Ed25519.
    pub fn public_multibase(&self) -> Option<String> {
        let Self::Ed25519(pair) = self else {
            return None;
        };
        let bytes = [&ED25519_MULTICODEC, pair.public_key().as_ref()].concat();
        Some(format!("z{}", base58::encode(&bytes)))
    }

    pub fn verifying_key(&self) -> Result<VerifyingKey, CryptoError> {
        VerifyingKey::from_pem(&self.public_pem()?)
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256, or plain Ed25519.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, CryptoError> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
                    .map_err(|_| CryptoError::Signing)?;
                Ok(signature)
            }
            Self::Ed25519(pair) => {
                let signature = pair.try_sign(message).map_err(|_| CryptoError::Signing)?;
                Ok(signature.as_ref().to_vec())
            }
        }
    }
}

/// Tells the kind, never the key.
impl std::fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("KeyPair").field(&self.kind()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs() -> [KeyPair; 2] {
        [KeyPair::generate_rsa().expect("rsa"), KeyPair::generate_ed25519().expect("ed25519")]
    }

    #[test]
    fn a_key_survives_being_written_and_read() {
        for pair in pairs() {
            let text = pair.to_private_pem().expect("written");
            let again = KeyPair::from_private_pem(&text).expect("read");

            let signature = again.sign(b"message").expect("signed");

            assert!(text.starts_with("-----BEGIN PRIVATE KEY-----\n"));
            assert_eq!(again.kind(), pair.kind());
            let public = pair.verifying_key().expect("public half");
            assert_eq!(public.verify(b"message", &signature), Ok(()));
        }
    }

    #[test]
    fn a_changed_message_or_signature_is_noticed() {
        for pair in pairs() {
            let public = pair.verifying_key().expect("public half");
            let mut signature = pair.sign(b"message").expect("signed");

            assert_eq!(public.verify(b"massage", &signature), Err(CryptoError::BadSignature));
            signature[3] ^= 1;
            assert_eq!(public.verify(b"message", &signature), Err(CryptoError::BadSignature));
            assert_eq!(public.verify(b"message", b""), Err(CryptoError::BadSignature));
        }
    }

    #[test]
    fn only_ed25519_has_a_multikey() {
        let [rsa, ed25519] = pairs();
        let multibase = ed25519.public_multibase().expect("a multikey");

        assert!(multibase.starts_with("z6Mk"));
        assert_eq!(rsa.public_multibase(), None);
        let public = VerifyingKey::from_multibase(&multibase).expect("read");
        let signature = ed25519.sign(b"message").expect("signed");
        assert_eq!(public.verify(b"message", &signature), Ok(()));
    }

    #[test]
    fn debug_output_holds_no_secret() {
        let pair = KeyPair::generate_ed25519().expect("ed25519");

        assert_eq!(format!("{pair:?}"), "KeyPair(Ed25519)");
    }

    #[test]
    fn something_else_is_not_a_private_key() {
        let public = KeyPair::generate_ed25519().expect("pair").public_pem().expect("pem");

        assert!(KeyPair::from_private_pem(&public).is_err());
        assert!(KeyPair::from_private_pem("").is_err());
    }
}
