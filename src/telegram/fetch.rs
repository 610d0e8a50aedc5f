//! Fetches files that Telegram has, to sum up what they are. Nothing of them is kept.
use std::time::Duration;

use sha2::{Digest, Sha256};
use teloxide::payloads::GetFile;
use teloxide::types::FileId;

use crate::outbox::transport::SendError;
use crate::telegram::client::Client;
use crate::telegram::{fault, raw};
use crate::vocabulary::input::Sum;

/// Most time to learn where a file lies: Telegram's servers may have to fetch it from each other.
const WHERE: Duration = Duration::from_secs(10);

impl Client {
    /// What a file of at most `most` bytes is, by Telegram's id of it; read piece by piece, so that memory holds one piece.
    ///
    /// # Errors
    /// When Telegram cannot be reached, or does not know the file; the words hold no address and no token.
    pub async fn sum(&self, file: &str, most: i64) -> Result<Sum, SendError> {
        let answer = match raw::ask(&self.bot, GetFile::new(FileId(file.to_owned())), WHERE).await {
            // The one refusal that says something of the file.
            Err(SendError::Refused(words)) if words.contains("file is too big") => return Ok(Sum::TooBig),
            answer => answer?,
        };
        let Some(path) = answer["file_path"].as_str() else { return Err(SendError::Transient("no place of the file")) };
        let mut url = self.bot.api_url();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}/file/bot{}/{path}", self.bot.token()));
        let answer = self.bot.client().get(url).send().await.map_err(|error| fault::network(&error))?;
        let mut answer = answer.error_for_status().map_err(|_| SendError::Transient("the file is not there"))?;
        let (mut sum, mut size) = (Sha256::new(), 0);
        while let Some(piece) = answer.chunk().await.map_err(|error| fault::network(&error))? {
            size += i64::try_from(piece.len()).unwrap_or(i64::MAX);
            if size > most {
                return Ok(Sum::TooBig);
            }
            sum.update(&piece);
        }
        Ok(Sum::Known(sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
    }
}
