using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Quartier.Contracts.Gateways;

namespace Quartier.Api.Gateways;

/// <summary>
/// PBKDF2-HMAC-SHA-256 (RFC 8018, 5.2) over gateways' passwords. It is slow on purpose, so at most half of the cores work on it, few wait, and the rest is told to come
/// back; a password that was right once is recognised by a keyed digest that lives in memory alone, so that a gateway that reconnects costs nothing.
/// </summary>
public sealed class PasswordDigests : IDisposable
{
    /// <summary>For passwords that people chose: OWASP's figure for this function, about a quarter of a second of a core.</summary>
    public const int ChosenIterations = 600_000;

    /// <summary>For passwords that were made here: 160 random bits cannot be guessed, so the digest need only not be the password.</summary>
    public const int MadeIterations = 10_000;

    /// <summary>Bytes of a digest.</summary>
    public const int DigestBytes = 32;

    /// <summary>Bytes of a salt.</summary>
    public const int SaltBytes = 16;

    /// <summary>Passwords that may wait: at a quarter of a second each, as many as are answered before clients give up.</summary>
    public const int WaitingMax = 64;

    private readonly SemaphoreSlim _work;
    private readonly ConcurrentDictionary<string, byte[]> _remembered = new(StringComparer.Ordinal);
    private readonly byte[] _key = new byte[DigestBytes];
    private int _waiting;

    /// <summary>Makes the key of what is remembered.</summary>
    public PasswordDigests(RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        random.GetBytes(_key);
        _work = new SemaphoreSlim(Math.Max(1, Environment.ProcessorCount / 2));
    }

    /// <summary>The digest that is kept of a new password.</summary>
    public static ImmutableArray<byte> Of(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations) =>
        [.. Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, DigestBytes)];

    /// <summary>Whether the password is the credential's; null when too many wait.</summary>
    public async ValueTask<bool?> ProvesAsync(GatewayCredential credential, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        var keyed = HMACSHA256.HashData(_key, password.Span);
        if (_remembered.TryGetValue(credential.Id, out var known) && CryptographicOperations.FixedTimeEquals(known, keyed))
        {
            return true;
        }

        if (Interlocked.Increment(ref _waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _work.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await CompareAsync(credential, password, keyed, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _work.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>The credential has ended: what was remembered of it goes.</summary>
    public void Forget(string id) => _remembered.TryRemove(id, out _);

    /// <inheritdoc/>
    public void Dispose() => _work.Dispose();

    private async Task<bool> CompareAsync(GatewayCredential credential, ReadOnlyMemory<byte> password, byte[] keyed, CancellationToken cancellationToken)
    {
        var digest = await Task.Run(() => Of(password.Span, credential.Salt.AsSpan(), credential.Iterations), cancellationToken).ConfigureAwait(false);
        if (!CryptographicOperations.FixedTimeEquals(digest.AsSpan(), credential.Digest.AsSpan()))
        {
            return false;
        }

        // As many as there are gateways with a password: bounded by what the store takes.
        _remembered[credential.Id] = keyed;
        return true;
    }
}
