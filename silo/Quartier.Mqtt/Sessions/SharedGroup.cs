using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Sessions;

/// <summary>
/// The sessions that share one subscription (section 4.8.2): each message goes to one of them. Who is connected and has least to do gets it; among
/// equals it goes round. Who is not connected gets QoS 1 and 2 messages only while nobody is.
/// </summary>
internal sealed class SharedGroup(long order, string name, string filter) : Subscriber(order)
{
    private readonly Lock _lock = new();
    private (Mailbox Mailbox, Subscription Terms)[] _members = [];
    private uint _next;

    public string Name { get; } = name;

    public string Filter { get; } = filter;

    public bool IsEmpty => Volatile.Read(ref _members).Length == 0;

    /// <summary>Adds or replaces.</summary>
    public void Set(Mailbox mailbox, Subscription terms)
    {
        lock (_lock)
        {
            _members = [.. _members.Where(m => !ReferenceEquals(m.Mailbox, mailbox)), (mailbox, terms)];
        }
    }

    public void Remove(Mailbox mailbox)
    {
        lock (_lock)
        {
            _members = [.. _members.Where(m => !ReferenceEquals(m.Mailbox, mailbox))];
        }
    }

    /// <summary>Who gets the next message; null when nobody can.</summary>
    public (Mailbox Mailbox, Subscription Terms)? Choose(QualityOfService qos)
    {
        var members = Volatile.Read(ref _members);
        (Mailbox Mailbox, Subscription Terms)? best = null;
        var bestLoad = long.MaxValue;
        var first = Interlocked.Increment(ref _next) - 1; // Beginning with whoever came first.
        for (uint i = 0; i < members.Length; i++)
        {
            var member = members[(first + i) % members.Length];
            var load = LoadOf(member, qos);
            if (load < bestLoad)
            {
                (best, bestLoad) = (member, load);
            }
        }

        return best;
    }

    /// <summary>Least is best; <see cref="long.MaxValue"/> for who cannot get it.</summary>
    private static long LoadOf((Mailbox Mailbox, Subscription Terms) member, QualityOfService qos)
    {
        if (member.Mailbox.IsOnline)
        {
            return member.Mailbox.Load;
        }

        var isKept = member.Mailbox.Owner.IsLasting && qos != QualityOfService.AtMostOnce && member.Terms.Qos != QualityOfService.AtMostOnce;
        return isKept ? (1L << 32) + member.Mailbox.Load : long.MaxValue;
    }
}
