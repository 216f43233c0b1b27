namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>The topics of the SensorThings API to which MQTT clients have subscribed. What happens is looked at for these alone. Any thread may call.</summary>
public sealed class SubscribedTopics
{
    /// <summary>Different topics at once, of all clients: each is looked at for each change.</summary>
    public const int Most = 2_000;

    /// <summary>Different topics at once of one owner, through however many clients: a fifth, so that no account takes the room of all others.</summary>
    public const int MostOfOne = 400;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (SubscribedTopic Topic, int Clients)> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, int>> _clientsOf = new(StringComparer.Ordinal);
    private volatile SubscribedTopic[] _ofEntities = [];
    private volatile SubscribedTopic[] _ofObservations = [];

    internal IReadOnlyList<SubscribedTopic> OfEntities => _ofEntities;

    internal IReadOnlyList<SubscribedTopic> OfObservations => _ofObservations;

    internal bool IsEmpty => _ofEntities.Length == 0 && _ofObservations.Length == 0;

    /// <summary>Whether it is a topic that can be subscribed to.</summary>
    public static bool IsTopic(string filter) => SubscribedTopic.Read(filter) is not null;

    /// <summary>Whether it is a topic that tells of Observations, each of which is judged when it is sent.</summary>
    public static bool IsOfObservations(string filter) => SubscribedTopic.Read(filter) is { IsOfObservations: true };

    /// <summary>A client subscribes; false when it is no such topic, or there are too many of them, of all or of the owner.</summary>
    /// <param name="filter">The topic.</param>
    /// <param name="owner">Whose client it is; empty for nobody in particular, who count as one.</param>
    public bool TryJoin(string filter, string owner)
    {
        lock (_gate)
        {
            var mine = _clientsOf.GetValueOrDefault(owner);
            if (mine?.ContainsKey(filter) != true && mine?.Count >= MostOfOne)
            {
                return false;
            }

            if (!TryCount_NeedsLock(filter))
            {
                return false;
            }

            mine ??= _clientsOf[owner] = new Dictionary<string, int>(StringComparer.Ordinal);
            mine[filter] = mine.GetValueOrDefault(filter) + 1;
            return true;
        }
    }

    /// <summary>The client unsubscribes, or has gone: its place is free at once.</summary>
    /// <param name="filter">A topic that it has joined, and not left since.</param>
    /// <param name="owner">Whose client it is, as when it joined.</param>
    public void Leave(string filter, string owner)
    {
        lock (_gate)
        {
            if (_clientsOf.GetValueOrDefault(owner) is not { } mine || !mine.TryGetValue(filter, out var clients))
            {
                return;
            }

            if (clients > 1)
            {
                mine[filter] = clients - 1;
            }
            else if (mine.Remove(filter) && mine.Count == 0)
            {
                _clientsOf.Remove(owner);
            }

            Uncount_NeedsLock(filter);
        }
    }

    private bool TryCount_NeedsLock(string filter)
    {
        if (_topics.TryGetValue(filter, out var known))
        {
            _topics[filter] = (known.Topic, known.Clients + 1);
            return true;
        }

        if (_topics.Count >= Most || SubscribedTopic.Read(filter) is not { } topic)
        {
            return false;
        }

        _topics[filter] = (topic, 1);
        Renew_NeedsLock();
        return true;
    }

    private void Uncount_NeedsLock(string filter)
    {
        var (topic, clients) = _topics[filter];
        if (clients > 1)
        {
            _topics[filter] = (topic, clients - 1);
            return;
        }

        _topics.Remove(filter);
        Renew_NeedsLock();
    }

    private void Renew_NeedsLock()
    {
        var observed = _topics.Values.Select(t => t.Topic).ToLookup(t => t.IsOfObservations);
        (_ofObservations, _ofEntities) = ([.. observed[true]], [.. observed[false]]);
    }
}
