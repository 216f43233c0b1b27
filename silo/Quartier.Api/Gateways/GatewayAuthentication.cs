using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Quartier.Api.Accounts;
using Quartier.Contracts.Gateways;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Readings;

namespace Quartier.Api.Gateways;

/// <summary>
/// Finds which gateway a password or a certificate proves. Looked up anew for each connection, so that what was revoked is refused at once. Which gateways there are is
/// no secret (the register names them), so a name that does not exist is not made to look as slow as one that does.
/// </summary>
public sealed class GatewayAuthentication
{
    private const string ReferencePrefix = "gateway:";

    private readonly IGatewayCredentialStore _store;
    private readonly PasswordDigests _digests;
    private readonly CredentialWatch _watch;
    private readonly AccountRecord _record;
    private readonly TimeProvider _time;
    private readonly ILogger<GatewayAuthentication> _logger;

    internal GatewayAuthentication(
        IGatewayCredentialStore store,
        PasswordDigests digests,
        CredentialWatch watch,
        AccountRecord record,
        TimeProvider time,
        ILogger<GatewayAuthentication> logger) =>
        (_store, _digests, _watch, _record, _time, _logger) = (store, digests, watch, record, time, logger);

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What ends a connection that is open by this credential.</summary>
    internal static string Reference(string id) => ReferencePrefix + id;

    /// <summary>Checks a password.</summary>
    public async ValueTask<GatewayProof> CheckPasswordAsync(GatewayName name, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        var number = _watch.CheckNumber;
        var credential = await _store.FindPasswordAsync(name.City, name.Gateway, cancellationToken).ConfigureAwait(false);
        if (credential is null)
        {
            return Refuse(GatewayFault.Wrong, name, "password", "The gateway has no password here. 'quartier gateway password' sets one.");
        }

        return await _digests.ProvesAsync(credential, password, cancellationToken).ConfigureAwait(false) switch
        {
            true => Accept(name, credential, number),
            false => Refuse(GatewayFault.Wrong, name, "password", "The password is wrong. 'quartier gateway password' sets another."),
            null => new(GatewayFault.Busy, name, $"{PasswordDigests.WaitingMax} passwords wait to be checked. Try again in some seconds.", null),
        };
    }

    /// <summary>Checks a certificate that the transport has found to be of the own authority and in time.</summary>
    public async ValueTask<GatewayProof> CheckCertificateAsync(X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var number = _watch.CheckNumber;
        var id = certificate.SerialNumber.ToLowerInvariant();
        var credential = await _store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (credential is not { Kind: GatewayCredentialKind.Certificate }
            || !CryptographicOperations.FixedTimeEquals(certificate.GetCertHash(HashAlgorithmName.SHA256), credential.Digest.AsSpan()))
        {
            return Refuse(GatewayFault.Wrong, default, "certificate", "The certificate is not known here. 'quartier gateway enrol' issues one.");
        }

        var name = new GatewayName(credential.City, credential.Gateway);
        return credential.IsValid(NowMs)
            ? Accept(name, credential, number)
            : Refuse(GatewayFault.Ended, name, "certificate", $"The certificate {id} was revoked or has expired. 'quartier gateway enrol' issues another.");
    }

    /// <summary>What a gateway's credential that was checked once is worth now; nothing is proved by it. Null when the reference is not that of a gateway's credential.</summary>
    /// <param name="reference">As <see cref="CheckedCredential.Reference"/> named it.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async ValueTask<GatewayProof?> FindAgainAsync(string reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (!reference.StartsWith(ReferencePrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var number = _watch.CheckNumber;
        var id = reference[ReferencePrefix.Length..];
        return await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } credential && credential.IsValid(NowMs)
            ? Accept(new GatewayName(credential.City, credential.Gateway), credential, number)
            : new(GatewayFault.Ended, default, $"The credential {id} was revoked or has expired. 'quartier gateway enrol' and 'quartier gateway password' give others.", null);
    }

    private GatewayProof Accept(GatewayName name, GatewayCredential credential, long number)
    {
        NoteUse(credential);

        // A gateway reads as the public; what it may publish is not for policies to say.
        var principal = Principal.Public with { UntilMs = credential.UntilMs };
        var found = new CheckedCredential(CredentialFault.None, principal, Reference(credential.Id), string.Empty, 0, number);
        return new(GatewayFault.None, name, string.Empty, found);
    }

    private GatewayProof Refuse(GatewayFault fault, GatewayName name, string kind, string detail)
    {
        _record.NoteFailure($"refused: {(fault == GatewayFault.Ended ? "ended" : "wrong")} gateway {kind}");
        Log.GatewayRefused(_logger, kind, name.City is null ? "an unknown gateway" : name.ToString(), detail);
        return new(fault, name, detail, null);
    }

    private void NoteUse(GatewayCredential credential)
    {
        var today = NowMs / (long)TimeSpan.FromDays(1).TotalMilliseconds;
        if (credential.LastUsedDay != today)
        {
            _ = NotedAsync(_store.NoteUseAsync(credential.Id, today, CancellationToken.None));
        }
    }

    // A full disk must not keep a gateway out: the note of use is lost, and the log says so.
    private async Task NotedAsync(ValueTask note)
    {
        try
        {
            await note.ConfigureAwait(false);
        }
        catch (StoreException failure)
        {
            Log.UseNotNoted(_logger, failure);
        }
    }
}
