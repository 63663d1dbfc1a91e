# Small pieces that many pages share.
parts-pages = Pages
parts-newer = Newer
parts-older = Older
parts-following = Following
parts-unfollow = Following { $who }: end that
parts-requested = Requested
parts-withdraw = Requested to follow { $who }: withdraw that
parts-unblock = Unblock
parts-unblock-name = Unblock { $who }
parts-follow = Follow
parts-follow-name = Follow { $who }
parts-undo = Undo
