//! The shape of `aws iam get-account-authorization-details`, borrowed from the text.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::json::{Text, When};
use crate::principal::LastActivity;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Page<'t> {
    #[serde(borrow)]
    pub(super) user_detail_list: Option<Vec<UserDetail<'t>>>,
    pub(super) group_detail_list: Option<Vec<GroupDetail<'t>>>,
    pub(super) role_detail_list: Option<Vec<RoleDetail<'t>>>,
    pub(super) policies: Option<Vec<PolicyDetail<'t>>>,
    pub(super) is_truncated: Option<bool>,
    pub(super) next_token: Option<&'t RawValue>,
}

impl Page<'_> {
    /// Whether the document has none of the lists.
    pub(super) fn is_alien(&self) -> bool {
        self.user_detail_list.is_none()
            && self.group_detail_list.is_none()
            && self.role_detail_list.is_none()
            && self.policies.is_none()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UserDetail<'t> {
    #[serde(borrow)]
    pub(super) arn: Option<Text<'t>>,
    pub(super) user_name: Option<Text<'t>>,
    pub(super) user_id: Option<Text<'t>>,
    pub(super) create_date: Option<When>,
    pub(super) user_policy_list: Option<Vec<InlineDetail<'t>>>,
    pub(super) group_list: Option<Vec<Text<'t>>>,
    pub(super) attached_managed_policies: Option<Vec<AttachedDetail<'t>>>,
    pub(super) permissions_boundary: Option<BoundaryDetail<'t>>,
    pub(super) tags: Option<Vec<TagDetail<'t>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GroupDetail<'t> {
    #[serde(borrow)]
    pub(super) arn: Option<Text<'t>>,
    pub(super) group_name: Option<Text<'t>>,
    pub(super) group_policy_list: Option<Vec<InlineDetail<'t>>>,
    pub(super) attached_managed_policies: Option<Vec<AttachedDetail<'t>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RoleDetail<'t> {
    #[serde(borrow)]
    pub(super) arn: Option<Text<'t>>,
    pub(super) role_name: Option<Text<'t>>,
    pub(super) role_id: Option<Text<'t>>,
    pub(super) create_date: Option<When>,
    pub(super) assume_role_policy_document: Option<&'t RawValue>,
    pub(super) role_policy_list: Option<Vec<InlineDetail<'t>>>,
    pub(super) attached_managed_policies: Option<Vec<AttachedDetail<'t>>>,
    pub(super) permissions_boundary: Option<BoundaryDetail<'t>>,
    pub(super) tags: Option<Vec<TagDetail<'t>>>,
    pub(super) role_last_used: Option<RoleLastUsed<'t>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RoleLastUsed<'t> {
    pub(super) last_used_date: Option<When>,
    #[serde(borrow)]
    pub(super) region: Option<Text<'t>>,
}

impl RoleLastUsed<'_> {
    /// None when AWS knows of no use.
    pub(super) fn activity(self) -> Option<LastActivity> {
        let at = self.last_used_date?.0?;
        Some(LastActivity { at, region: self.region.map(|region| region.as_str().into()) })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PolicyDetail<'t> {
    #[serde(borrow)]
    pub(super) arn: Option<Text<'t>>,
    pub(super) default_version_id: Option<Text<'t>>,
    pub(super) policy_version_list: Option<Vec<PolicyVersion<'t>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PolicyVersion<'t> {
    #[serde(borrow)]
    pub(super) document: Option<&'t RawValue>,
    pub(super) version_id: Option<Text<'t>>,
    pub(super) is_default_version: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct InlineDetail<'t> {
    #[serde(borrow)]
    pub(super) policy_name: Option<Text<'t>>,
    pub(super) policy_document: Option<&'t RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AttachedDetail<'t> {
    #[serde(borrow)]
    pub(super) policy_arn: Option<Text<'t>>,
    pub(super) policy_name: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct BoundaryDetail<'t> {
    #[serde(borrow)]
    pub(super) permissions_boundary_arn: Option<Text<'t>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct TagDetail<'t> {
    #[serde(borrow)]
    pub(super) key: Option<Text<'t>>,
    pub(super) value: Option<Text<'t>>,
}
