using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Quartier.Api.Accounts.Oidc;

/// <summary>Remembers sign-ins on their way, each for one return.</summary>
internal sealed class PendingSignIns(RandomNumberGenerator random, TimeProvider time)
{
    /// <summary>Sign-ins on their way at most: anybody can begin one. Beyond, the oldest are forgotten.</summary>
    public const int PendingMax = 1_000;

    /// <summary>How long a person may take at the provider.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private const int SecretBytes = 32;

    private readonly ConcurrentDictionary<string, PendingSignIn> _pending = new(StringComparer.Ordinal);

    /// <summary>Begins one: the state for the provider, and the browser's cookie.</summary>
    public (string State, string Browser, PendingSignIn Pending) Begin(string redirectUri)
    {
        Forget();
        var (state, browser) = (Text(), Text());
        var pending = new PendingSignIn(time.GetTimestamp(), Hash(browser), Text(), Text(), redirectUri);
        _pending[state] = pending;
        return (state, browser, pending);
    }

    /// <summary>Takes one that returns; null when it is unknown, has returned before, took too long, or comes to another browser.</summary>
    public PendingSignIn? Take(string state, string? browser) =>
        _pending.TryRemove(state, out var pending)
        && time.GetElapsedTime(pending.BegunAt) < Life
        && browser is not null
        && CryptographicOperations.FixedTimeEquals(Hash(browser).AsSpan(), pending.BrowserHash.AsSpan())
            ? pending
            : null;

    /// <summary>The challenge for a verifier (RFC 7636, 4.2, S256).</summary>
    public static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private static ImmutableArray<byte> Hash(string text) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(text))];

    private string Text()
    {
        var bytes = new byte[SecretBytes];
        random.GetBytes(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    private void Forget()
    {
        foreach (var (state, pending) in _pending)
        {
            if (time.GetElapsedTime(pending.BegunAt) >= Life)
            {
                _pending.TryRemove(state, out _);
            }
        }

        while (_pending.Count >= PendingMax && _pending.MinBy(p => p.Value.BegunAt) is { Key: { } oldest })
        {
            _pending.TryRemove(oldest, out _);
        }
    }
}
