using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Sessions;

/// <summary>All groups that share a subscription, and their places among the subscriptions.</summary>
internal sealed class SharedSubscriptions(SubscriptionTree<Subscriber> tree, Func<long> nextOrder)
{
    /// <summary>Stands in the tree for the members' own terms.</summary>
    private static readonly Subscription GroupTerms = new(default, NoLocal: false, RetainAsPublished: false, Identifiers: [], Purpose: null);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string Filter), SharedGroup> _groups = [];

    /// <summary>The session takes part, or changes how.</summary>
    public SharedGroup Join(in SharedFilter shared, Mailbox mailbox, Subscription terms)
    {
        lock (_lock)
        {
            if (!_groups.TryGetValue((shared.Name, shared.Filter), out var group))
            {
                group = new SharedGroup(nextOrder(), shared.Name, shared.Filter);
                _groups.Add((shared.Name, shared.Filter), group);
                tree.Set(shared.Filter, group, GroupTerms);
            }

            group.Set(mailbox, terms);
            return group;
        }
    }

    /// <summary>The session no longer takes part.</summary>
    public void Leave(SharedGroup group, Mailbox mailbox)
    {
        lock (_lock)
        {
            group.Remove(mailbox);
            if (group.IsEmpty && _groups.Remove((group.Name, group.Filter)))
            {
                tree.Remove(group.Filter, group);
            }
        }
    }
}
