//! `cargo xtask catalog`: from the packages that publish AWS's definitions to the compressed data of the catalogue.

mod apis;
mod changes;
mod fetch;
mod generated;
mod managed;
mod reference;
mod source;

use std::path::PathBuf;

use miniz_oxide::deflate::compress_to_vec_zlib;
use portcullis_iam::catalog::{self as embedded, FORMAT};

use crate::failure::{Failure, Outcome};
use crate::files;
use fetch::Packages;
use source::Source;

/// How hard to compress: the most that the compressor can.
const LEVEL: u8 = 10;

/// What may be embedded in all, in bytes.
const MAX_EMBEDDED: usize = 1_000_000;

/// Refreshes the data: from the registries, or from a folder that holds the packages as the registries give them.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let packages = match arguments {
        [] => Packages::download()?,
        [flag, folder] if flag == "--from" => Packages::unpack(&PathBuf::from(folder))?,
        _ => return Err(Failure::Usage(format!("catalog does not know `{}`", arguments.join(" ")))),
    };
    let catalog = catalog_text(&packages)?;
    let managed = managed_text(&packages)?;
    let changes = changes::between(embedded::text(), &catalog).into_iter();
    changes.chain(changes::between(embedded::managed_text(), &managed)).for_each(|line| println!("{line}"));
    let size = write_data("catalog.bin", &catalog)? + write_data("managed.bin", &managed)?;
    if size > MAX_EMBEDDED {
        return Err(Failure::Unmet(format!("the data takes {size} bytes, more than {MAX_EMBEDDED}")));
    }
    generated::write(&catalog, &managed)?;
    println!("{size} bytes; run `cargo xtask docs` next, and `cargo test`");
    Ok(())
}

fn catalog_text(packages: &Packages) -> Outcome<String> {
    let reference = reference::read(&packages.iam_data)?;
    let sources = [
        Source::npm(&packages.iam_data)?,
        Source::wheel(&packages.botocore)?,
        Source::wheel(&packages.access_undenied)?,
    ];
    let mut text = header(&sources);
    reference.write_services(&mut text);
    text += "T\n";
    reference.write_foreign_prefixes(&mut text);
    apis::write(packages, &reference, &mut text)?;
    Ok(text)
}

fn managed_text(packages: &Packages) -> Outcome<String> {
    let (date, lines) = managed::read(&packages.managed_policies)?;
    let source = Source { date, ..Source::npm(&packages.managed_policies)? };
    Ok(header(&[source]) + &lines)
}

fn header(sources: &[Source]) -> String {
    let mut text = format!("V\t{FORMAT}\n");
    for source in sources {
        text += &format!("D\t{}\t{}\t{}\n", source.package, source.version, source.date);
    }
    text
}

fn write_data(name: &str, text: &str) -> Outcome<usize> {
    let compressed = compress_to_vec_zlib(text.as_bytes(), LEVEL);
    println!("{name}: {} bytes of {}", compressed.len(), text.len());
    files::write(&generated::data_folder().join(name), &compressed)?;
    Ok(compressed.len())
}
