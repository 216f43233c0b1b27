using System.Buffers;
using System.Text;

namespace Quartier.Mqtt.Topics;

/// <summary>
/// All subscriptions, as a tree over the levels of their filters. Matching takes a read lock and allocates nothing;
/// nodes without subscriptions and children are removed, so the tree is no larger than what is subscribed.
/// </summary>
/// <typeparam name="T">The subscriber.</typeparam>
internal sealed class SubscriptionTree<T> : IDisposable
    where T : notnull
{
    private const int MaxStackChars = 512;

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Node _root = new();
    private int _count;

    /// <summary>Subscriptions at present; 0 means that no topic needs to be matched.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds or replaces [MQTT-3.8.4-3].</summary>
    /// <returns>Whether the subscription is new.</returns>
    public bool Set(string filter, T subscriber, Subscription subscription)
    {
        _lock.EnterWriteLock();
        try
        {
            var node = _root;
            foreach (var level in filter.AsSpan().Split('/'))
            {
                node = node.GetOrAdd(filter.AsSpan()[level]);
            }

            var subscribers = node.Subscribers ??= [];
            var isNew = !subscribers.ContainsKey(subscriber);
            subscribers[subscriber] = subscription;
            _count += isNew ? 1 : 0;
            return isNew;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Removes; false when there was none.</summary>
    public bool Remove(string filter, T subscriber)
    {
        _lock.EnterWriteLock();
        try
        {
            var removed = Remove(_root, filter, subscriber);
            _count -= removed ? 1 : 0;
            return removed;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Appends every subscription that matches the topic name (valid UTF-8, no wildcards); a subscriber may appear more than once.</summary>
    public void Match(ReadOnlySpan<byte> topic, List<SubscriptionMatch<T>> matches)
    {
        var rented = topic.Length <= MaxStackChars ? null : ArrayPool<char>.Shared.Rent(topic.Length);
        Span<char> buffer = rented ?? stackalloc char[MaxStackChars];
        var chars = buffer[..Encoding.UTF8.GetChars(topic, buffer)];
        _lock.EnterReadLock();
        try
        {
            // Wildcards at the first level do not match topics that begin with $ [MQTT-4.7.2-1].
            _root.Match(chars, wildcards: chars[0] != '$', matches);
        }
        finally
        {
            _lock.ExitReadLock();
            if (rented is not null)
            {
                ArrayPool<char>.Shared.Return(rented);
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    private static bool Remove(Node node, ReadOnlySpan<char> rest, T subscriber)
    {
        var slash = rest.IndexOf('/');
        var level = slash < 0 ? rest : rest[..slash];
        if (!node.TryGet(level, out var child))
        {
            return false;
        }

        var removed = slash < 0 ? child.Subscribers?.Remove(subscriber) ?? false : Remove(child, rest[(slash + 1)..], subscriber);
        if (removed && child.IsEmpty)
        {
            node.Drop(level);
        }

        return removed;
    }

    private sealed class Node
    {
        private Dictionary<string, Node>? _children;
        private Node? _anyLevel;
        private Node? _anyRest;

        public Dictionary<T, Subscription>? Subscribers { get; set; }

        public bool IsEmpty => Subscribers is null or { Count: 0 } && _anyLevel is null && _anyRest is null && _children is null or { Count: 0 };

        public bool TryGet(ReadOnlySpan<char> level, out Node child)
        {
            Node? found = null;
            if (level is "+")
            {
                found = _anyLevel;
            }
            else if (level is "#")
            {
                found = _anyRest;
            }
            else
            {
                _children?.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out found);
            }

            child = found!;
            return found is not null;
        }

        public Node GetOrAdd(ReadOnlySpan<char> level)
        {
            if (TryGet(level, out var known))
            {
                return known;
            }

            return level switch
            {
                "+" => _anyLevel = new Node(),
                "#" => _anyRest = new Node(),
                _ => (_children ??= new(StringComparer.Ordinal))[level.ToString()] = new Node(),
            };
        }

        public void Drop(ReadOnlySpan<char> level)
        {
            if (level is "+")
            {
                _anyLevel = null;
            }
            else if (level is "#")
            {
                _anyRest = null;
            }
            else
            {
                _children?.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);
            }
        }

        public void Match(ReadOnlySpan<char> rest, bool wildcards, List<SubscriptionMatch<T>> matches)
        {
            var slash = rest.IndexOf('/');
            var level = slash < 0 ? rest : rest[..slash];
            if (wildcards)
            {
                _anyRest?.Collect(matches);
                _anyLevel?.Descend(rest, slash, matches);
            }

            if (_children is not null && _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child))
            {
                child.Descend(rest, slash, matches);
            }
        }

        private void Descend(ReadOnlySpan<char> rest, int slash, List<SubscriptionMatch<T>> matches)
        {
            if (slash >= 0)
            {
                Match(rest[(slash + 1)..], wildcards: true, matches);
                return;
            }

            Collect(matches);
            _anyRest?.Collect(matches); // "sport/#" also matches "sport" (section 4.7.1.2).
        }

        private void Collect(List<SubscriptionMatch<T>> matches)
        {
            if (Subscribers is null)
            {
                return;
            }

            foreach (var (subscriber, subscription) in Subscribers)
            {
                matches.Add(new SubscriptionMatch<T>(subscriber, subscription));
            }
        }
    }
}
