//! What the catalogue holds, and where it comes from.

use portcullis_iam::catalog::{self, Access, Service, catalog};

use crate::failure::Outcome;

use super::markdown::{code, table};

pub(super) fn render() -> Outcome<String> {
    let sources =
        catalog::SOURCES.iter().map(|(package, version)| [(*package).to_owned(), (*version).to_owned()]);
    let counts = counts().map(|(what, count)| [what.to_owned(), count.to_string()]);
    let services = catalog().services().iter().map(service);
    Ok(format!(
        "# The catalogue\n\n\
         Portcullis knows what AWS defines as of {}, and the managed policies of AWS as of {}.\n\
         `cargo xtask catalog` refreshes both. What is missing here may still exist in AWS: it is *unknown*, not wrong.\n\n\
         ## Sources\n\n{}\n## Contents\n\n{}\n## Services\n\n{}",
        catalog::DATA_DATE,
        catalog::MANAGED_POLICIES_DATE,
        table(["package", "version"], sources),
        table(["what", "how many"], counts),
        table(
            ["prefix", "service", "actions", "of these, write or grant", "resource types", "RCPs"],
            services
        ),
    ))
}

fn counts() -> impl Iterator<Item = (&'static str, usize)> {
    let services = catalog().services();
    let sum = |count: fn(&Service) -> usize| services.iter().map(count).sum();
    [
        ("services", services.len()),
        ("actions", catalog().actions().count()),
        ("resource types", sum(|service| service.resource_types().len())),
        ("condition keys of services", sum(|service| service.keys().len())),
        ("global condition keys", catalog::global_keys().len()),
        ("managed policies of AWS", catalog::managed_policies().len()),
    ]
    .into_iter()
}

fn service(service: &Service) -> [String; 6] {
    let changes = service.actions().iter().filter(|action| match action.access {
        Access::Write | Access::PermissionsManagement => true,
        Access::List | Access::Read | Access::Tagging => false,
    });
    [
        code(service.prefix),
        service.name.to_owned(),
        service.actions().len().to_string(),
        changes.count().to_string(),
        service.resource_types().len().to_string(),
        if service.resource_control { "yes" } else { "" }.to_owned(),
    ]
}
