using System.Collections.Concurrent;
using Quartier.Contracts.Principals;

namespace Quartier.Api.Accounts;

/// <summary>
/// Tells whatever is open by a credential that the credential has ended. Checks and ends are counted together, so that one that ended between
/// its check and its watch is found too.
/// </summary>
public sealed class CredentialWatch(TimeProvider time)
{
    /// <summary>Ends remembered: more than can fall between a check and its watch.</summary>
    public const int EndsMax = 10_000;

    private readonly ConcurrentDictionary<WatchedCredential, byte> _watched = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _ends = new(StringComparer.Ordinal);
    private long _number;
    private long _forgotten;

    /// <summary>How many are watched at present.</summary>
    public int Count => _watched.Count;

    /// <summary>The number of a check that begins now.</summary>
    internal long CheckNumber => Interlocked.Read(ref _number);

    /// <summary>Watches a credential; the public's, which is null, never ends.</summary>
    public WatchedCredential Watch(CheckedCredential? credential)
    {
        if (credential?.Reference is not { } reference)
        {
            return new(null, null, Principal.Public, time);
        }

        var watched = new WatchedCredential(this, reference, credential.Principal, time);
        _watched.TryAdd(watched, 0);
        if (EndedSince(credential.CheckNumber, reference) || EndedSince(credential.CheckNumber, PersonOf(credential.Principal)))
        {
            watched.End();
        }

        return watched;
    }

    /// <summary>The credential has ended; called after that is durable.</summary>
    internal void End(string reference)
    {
        Remember(reference);
        foreach (var (watched, _) in _watched)
        {
            if (string.Equals(watched.Reference, reference, StringComparison.Ordinal))
            {
                watched.End();
            }
        }
    }

    /// <summary>The person has changed: whatever is open by any of their credentials must be opened anew, if it still may.</summary>
    internal void EndPerson(string id)
    {
        var person = "person:" + id;
        Remember(person);
        foreach (var (watched, _) in _watched)
        {
            if (string.Equals(PersonOf(watched.Principal), person, StringComparison.Ordinal))
            {
                watched.End();
            }
        }
    }

    internal void Leave(WatchedCredential watched) => _watched.TryRemove(watched, out _);

    private static string PersonOf(Principal principal) => principal.Reference;

    private void Remember(string what)
    {
        lock (_gate)
        {
            if (_ends.Count >= EndsMax)
            {
                // Whatever was checked before this is taken as ended: it comes back and is checked again.
                _ends.Clear();
                _forgotten = _number + 1;
            }

            _ends[what] = Interlocked.Increment(ref _number);
        }
    }

    private bool EndedSince(long check, string what)
    {
        lock (_gate)
        {
            return check < _forgotten || (_ends.TryGetValue(what, out var number) && number > check);
        }
    }
}
