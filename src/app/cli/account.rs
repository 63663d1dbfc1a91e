//! `breezeway account …`: people of this site, without a browser.

use anyhow::bail;
use clap::{Args, Subcommand, ValueEnum};

use super::near::near;
use super::{leaving, moving};
use crate::base::id::AccountId;
use crate::domain::auth::{self, NewPerson, Role, link, login, manage, store};
use crate::domain::mail;
use crate::platform::services::Services;

/// What to do with an account.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Make an account. Without --password, prints a link by which the person chooses one.
    Create(Create),
    /// Print a link by which somebody can register, or send it by mail.
    Invite {
        /// Send it there instead of printing it, where mail is configured. The running site sends it.
        #[arg(long, value_name = "ADDRESS")]
        mail: Option<String>,
        /// What they become.
        #[arg(long, value_enum, default_value_t)]
        role: RoleName,
    },
    /// Give somebody a role.
    Promote {
        /// Short name or e-mail address.
        account: String,
        /// What they become.
        #[arg(long, value_enum)]
        role: RoleName,
    },
    /// Print a link by which somebody chooses a new password.
    ResetPassword {
        /// Short name or e-mail address.
        account: String,
    },
    /// Somebody may no longer sign in; sessions and tokens end at once. Their posts stay.
    Disable {
        /// Short name or e-mail address.
        account: String,
    },
    /// Somebody may sign in again.
    Enable {
        /// Short name or e-mail address.
        account: String,
    },
    /// Delete an account for good, with all posts. The name is never given again. Ends sessions and tokens at once and
    /// tells the other sites.
    Delete(leaving::Delete),
    /// Say which accounts elsewhere are the same person; those may move here.
    Alias(moving::Alias),
    /// Move an account to another one, of this site or elsewhere; its followers go along.
    Move(moving::Move),
    /// Make new keys for an account, or for the site itself.
    RotateKeys(moving::RotateKeys),
}

/// Somebody new.
#[derive(Debug, Args)]
pub struct Create {
    /// The short name, as in ann.
    username: String,
    /// The e-mail address.
    #[arg(long)]
    email: String,
    /// The name that others see.
    #[arg(long, default_value = "")]
    display_name: String,
    /// What they may do.
    #[arg(long, value_enum, default_value_t)]
    role: RoleName,
    /// The password. Other people on this machine can see it while the command runs.
    #[arg(long)]
    password: Option<String>,
}

/// A role, as it is typed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum RoleName {
    #[default]
    Member,
    Moderator,
    Admin,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Member => Self::Member,
            RoleName::Moderator => Self::Moderator,
            RoleName::Admin => Self::Admin,
        }
    }
}

/// Runs the command.
pub async fn run(services: &Services, command: AccountCommand) -> anyhow::Result<()> {
    match command {
        AccountCommand::Create(create) => self::create(services, create).await?,
        AccountCommand::Invite { role, mail: Some(address) } => {
            if !services.mail.is_on() {
                bail!(
                    "this site sends no mails; set mail.transport, or leave --mail away and hand the link on yourself"
                );
            }
            mail::ask::invite_as(services, role.into(), None, &address).await?;
            println!("The invitation to {address} is on its way, as soon as the site runs.");
        }
        AccountCommand::Invite { role, mail: None } => {
            let new = link::invite_as(services, role.into(), None).await?;
            println!("{}", new.url);
            eprintln!("Whoever opens this link first registers with it. It works for seven days.");
        }
        AccountCommand::Promote { account, role } => {
            let id = find(services, &account).await?;
            let role = Role::from(role);
            manage::promote(services, id, role).await?;
            println!("{account} is {role} from now on.");
        }
        AccountCommand::ResetPassword { account } => {
            let id = find(services, &account).await?;
            println!("{}", link::reset_password(services, id, None).await?.url);
            eprintln!("By this link {account} chooses a new password. It works once, for a day.");
        }
        AccountCommand::Disable { account } => {
            manage::disable(services, find(services, &account).await?).await?;
            println!("{account} can no longer sign in.");
        }
        AccountCommand::Enable { account } => {
            manage::enable(services, find(services, &account).await?).await?;
            println!("{account} can sign in again.");
        }
        AccountCommand::Delete(wanted) => leaving::delete(services, wanted).await?,
        AccountCommand::Alias(wanted) => moving::alias(services, wanted).await?,
        AccountCommand::Move(wanted) => moving::relocate(services, wanted).await?,
        AccountCommand::RotateKeys(wanted) => moving::rotate_keys(services, wanted).await?,
    }
    Ok(())
}

async fn create(services: &Services, create: Create) -> anyhow::Result<()> {
    let chosen = create.password.is_some();
    let person = NewPerson {
        username: create.username,
        email: create.email,
        password: create.password.unwrap_or_else(|| services.random.token()),
        display_name: create.display_name,
        role: create.role.into(),
    };
    let account = auth::create(services, person).await?;
    println!("@{}@{}", account.username, services.origin.host());
    if !chosen {
        println!("{}", link::reset_password(services, account.id, None).await?.url);
        eprintln!("By this link {} chooses a password. It works once, for a day.", account.username);
    }
    Ok(())
}

/// Who is meant by a short name or e-mail address.
///
/// # Errors
/// If nobody signs in so; says who is nearly called so.
pub async fn find(services: &Services, name: &str) -> anyhow::Result<AccountId> {
    let mut conn = services.db.read().await?;
    if let Some(id) = login::find(&mut conn, name).await? {
        return Ok(id);
    }
    let known = store::list_usernames(&mut conn).await?;
    match near(name.trim_start_matches('@'), &known).as_slice() {
        [] if known.is_empty() => bail!("nobody has an account here yet; make one with `account create`"),
        [] => bail!("nobody here is called {name:?}; `account create {name}` makes an account"),
        names => bail!("nobody here is called {name:?}; did you mean {}?", names.join(" or ")),
    }
}
