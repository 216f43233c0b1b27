using Quartier.Api.Json;

namespace Quartier.Api.Accounts.Oidc;

/// <summary>Lists those who were refused, for an administrator to link or not. Only in memory: nothing is kept about strangers.</summary>
internal sealed class RefusedSubjects
{
    /// <summary>Listed at most; beyond, the one who tried longest ago gives way.</summary>
    public const int ListedMax = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RefusedItem> _refused = new(StringComparer.Ordinal);

    public IReadOnlyList<RefusedItem> List()
    {
        lock (_gate)
        {
            return [.. _refused.Values.OrderByDescending(r => r.Last.Ms)];
        }
    }

    public void Add(string issuer, OidcIdentity identity, long nowMs)
    {
        lock (_gate)
        {
            if (_refused.Count >= ListedMax && !_refused.ContainsKey(identity.Subject))
            {
                _refused.Remove(_refused.MinBy(r => r.Value.Last.Ms).Key);
            }

            var before = _refused.GetValueOrDefault(identity.Subject)?.Count ?? 0;
            _refused[identity.Subject] = new(issuer, identity.Subject, identity.Email, new(nowMs), before + 1);
        }
    }
}
