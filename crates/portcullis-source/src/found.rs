//! What was found in one file.

use std::sync::Arc;

use portcullis_iam::span::Span;

use crate::document::Document;
use crate::place::Place;
use crate::places::Runs;

/// What one file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The path of the file, as it was given.
    pub path: Arc<str>,
    /// What kind of file it is; none when it is none of those that may hold policies.
    pub format: Option<Format>,
    /// Its policy documents, in the order of the file.
    pub documents: Vec<Document>,
    /// What is left open, and what was not followed, in the order of the file.
    pub notes: Vec<Note>,
    /// Why the file, or a part of it, cannot be read.
    pub faults: Vec<Fault>,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// A policy document in JSON, or several.
    PolicyJson,
    /// Other JSON with policy documents inside, such as the output of the AWS CLI.
    Json,
    /// YAML with policy documents inside.
    Yaml,
    /// A CloudFormation template in JSON.
    CloudFormationJson,
    /// A CloudFormation template in YAML.
    CloudFormationYaml,
    /// Terraform configuration.
    Terraform,
    /// Terraform configuration in JSON.
    TerraformConfigurationJson,
    /// A plan or state as `terraform show -json` prints it.
    TerraformJson,
}

/// Something that the reader of a report should know about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is: lowercase, one line.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// Why something cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// What is wrong: lowercase, one line.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Where.
    pub place: Place,
}

impl Found {
    /// A file in which nothing was found yet.
    pub(crate) fn nothing(path: &str) -> Self {
        let (documents, notes, faults) = Default::default();
        Self { path: Arc::from(path), format: None, documents, notes, faults }
    }

    /// The same, when what was read as file number `file` was made of the JSON that `native` tells.
    pub(crate) fn translate(&mut self, (path, file): (&Arc<str>, u32), native: &Runs) {
        let move_place = |place: &mut Place| {
            if place.path == *path {
                place.span = native.source(place.span).unwrap_or_default().span;
            }
        };
        for document in &mut self.documents {
            document.places.translate(file, native);
            document.gaps.iter_mut().for_each(|gap| move_place(&mut gap.place));
            document.placeholders.iter_mut().for_each(|one| move_place(&mut one.place));
        }
        self.notes.iter_mut().for_each(|note| move_place(&mut note.place));
        self.faults.iter_mut().for_each(|fault| move_place(&mut fault.place));
    }

    pub(crate) fn too_long(&mut self) {
        let message = format!("the file is longer than {} bytes", crate::MAX_FILE_BYTES);
        self.fault(message, Some("leave it out, or split it".into()), Span::default());
    }

    pub(crate) fn fault(&mut self, message: String, hint: Option<String>, span: Span) {
        self.faults.push(Fault { message, hint, place: Place::new(&self.path, span) });
    }
}

impl Format {
    /// The name of the format, for people.
    pub fn name(self) -> &'static str {
        match self {
            Format::PolicyJson => "policy",
            Format::Json => "JSON with policies",
            Format::Yaml => "YAML with policies",
            Format::CloudFormationJson => "CloudFormation (JSON)",
            Format::CloudFormationYaml => "CloudFormation (YAML)",
            Format::Terraform => "Terraform",
            Format::TerraformConfigurationJson => "Terraform (JSON)",
            Format::TerraformJson => "Terraform plan or state",
        }
    }
}
