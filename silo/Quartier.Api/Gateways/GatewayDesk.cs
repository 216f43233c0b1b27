using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Gateways;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Principals;

namespace Quartier.Api.Gateways;

/// <summary>Gives gateways their credentials and ends them. Everything is recorded in the city's ledger before it happens.</summary>
internal sealed class GatewayDesk(
    IGatewayCredentialStore store, GatewayBook book, PasswordDigests digests, CredentialWatch watch, AccountRecord record, RandomNumberGenerator random, TimeProvider time)
{
    /// <summary>160 random bits as 32 letters and digits that nobody takes for each other: typed into a device's form if need be.</summary>
    private const int PasswordLetters = 32;

    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    private const int IdBytes = 8;

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The city's gateways, registered ones and those that only have credentials left.</summary>
    public async Task<GatewayItem[]> ListAsync(CityIndex city, CancellationToken cancellationToken)
    {
        var nowMs = NowMs;
        var credentials = (await store.ListAsync(city.Id, cancellationToken).ConfigureAwait(false)).ToLookup(c => c.Gateway, StringComparer.Ordinal);
        var ids = city.City.Gateways.Select(g => g.Id).Concat(credentials.Select(c => c.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return [.. ids.Select(id => Show(city, id, [.. credentials[id]], nowMs))];
    }

    /// <summary>Sets a password: the one that was chosen, or a new one, which is in the answer and nowhere else.</summary>
    public async Task<Outcome<GatewayPasswordAnswer>> SetPasswordAsync(
        Principal who, GatewayName gateway, GatewayPasswordRequest request, CancellationToken cancellationToken)
    {
        if (ObjectionToPassword(request.Password) is { } objection)
        {
            return objection;
        }

        var made = request.Password is null ? Make() : null;
        var (salt, id) = (new byte[PasswordDigests.SaltBytes], new byte[IdBytes]);
        random.GetBytes(salt);
        random.GetBytes(id);
        var iterations = made is null ? PasswordDigests.ChosenIterations : PasswordDigests.MadeIterations;
        var digest = PasswordDigests.Of(Encoding.UTF8.GetBytes(made ?? request.Password!), salt, iterations);
        var credential = new GatewayCredential(
            Convert.ToHexStringLower(id), gateway.City, gateway.Gateway, GatewayCredentialKind.Password, digest, [.. salt], iterations, NowMs, long.MaxValue, null, null);
        var before = await store.FindPasswordAsync(gateway.City, gateway.Gateway, cancellationToken).ConfigureAwait(false);
        if (await AddAsync(who, credential, $"password {credential.Id} of gateway {gateway.Gateway} set", cancellationToken).ConfigureAwait(false) is { } problem)
        {
            return problem;
        }

        if (before is not null)
        {
            End(before.Id);
        }

        return new GatewayPasswordAnswer(gateway.ToString(), made, GatewayCredentialItem.Of(credential, NowMs));
    }

    /// <summary>Issues a certificate for a request.</summary>
    public async Task<Outcome<GatewayCertificateAnswer>> EnrolAsync(
        Principal who, GatewayName gateway, GatewayCertificateRequest request, GatewayAuthority authority, CancellationToken cancellationToken)
    {
        var nowMs = NowMs;
        var lastMs = nowMs + (long)GatewayLimits.CertificateLife.TotalMilliseconds;
        var untilMs = request.Until?.Ms ?? nowMs + (long)GatewayLimits.UsualLife.TotalMilliseconds;
        if (untilMs <= nowMs || untilMs > lastMs)
        {
            return Problems.BadBody($"'until' is {Authentication.Day(untilMs)}: a certificate ends after now and at the latest on {Authentication.Day(lastMs)}.");
        }

        using var issued = authority.Issue(gateway, request.Request ?? string.Empty, DateTimeOffset.FromUnixTimeMilliseconds(untilMs), out var objection);
        if (issued is null)
        {
            return Problems.BadBody(objection);
        }

        var ends = new DateTimeOffset(issued.NotAfter.ToUniversalTime(), TimeSpan.Zero).ToUnixTimeMilliseconds();
        ImmutableArray<byte> digest = [.. issued.GetCertHash(HashAlgorithmName.SHA256)];
        var credential = new GatewayCredential(
            issued.SerialNumber.ToLowerInvariant(), gateway.City, gateway.Gateway, GatewayCredentialKind.Certificate, digest, [], 0, nowMs, ends, null, null);
        return await AddAsync(who, credential, $"certificate {credential.Id} of gateway {gateway.Gateway} issued until {Authentication.Day(ends)}", cancellationToken)
            .ConfigureAwait(false) is { } problem
            ? problem
            : new GatewayCertificateAnswer(issued.ExportCertificatePem(), authority.Pem, GatewayCredentialItem.Of(credential, nowMs));
    }

    /// <summary>Ends one of a gateway's credentials, or all; what is open by them ends at once.</summary>
    /// <returns>How many ended.</returns>
    public async Task<Outcome<int>> RevokeAsync(Principal who, GatewayName gateway, string? id, CancellationToken cancellationToken)
    {
        var all = await store.ListAsync(gateway.City, cancellationToken).ConfigureAwait(false);
        var own = all.Where(c => c.Gateway == gateway.Gateway && (id is null || c.Id == id)).ToList();
        if (own.Count == 0)
        {
            return Problems.Unknown(
                id is null ? "credential of the gateway" : "credential", id ?? gateway.Gateway, all.Select(c => c.Id), "'quartier gateway list' shows all.");
        }

        var valid = own.Where(c => c.RevokedMs is null).ToList();
        foreach (var credential in valid)
        {
            var detail = $"{(credential.Kind == GatewayCredentialKind.Password ? "password" : "certificate")} {credential.Id} of gateway {gateway.Gateway} revoked";
            await record.AppendAsync(LedgerEntryKind.Key, who, gateway.City, detail, cancellationToken).ConfigureAwait(false);
            await store.RevokeAsync(credential.Id, NowMs, cancellationToken).ConfigureAwait(false);
            End(credential.Id);
        }

        return valid.Count;
    }

    private static ApiProblem? ObjectionToPassword(string? password)
    {
        if (password is null)
        {
            return null;
        }

        if (password.Length is < GatewayLimits.PasswordLeast or > GatewayLimits.PasswordMost || password.Any(char.IsControl))
        {
            return Problems.BadBody(
                $"The password has {password.Length} characters: {GatewayLimits.PasswordLeast} … {GatewayLimits.PasswordMost} without control characters are taken. Leave it out to have one made.");
        }

        if (password.StartsWith("qk_", StringComparison.Ordinal))
        {
            return Problems.BadBody("A gateway's password does not begin with 'qk_', which is how API keys begin.");
        }

        return password.Distinct().Count() >= GatewayLimits.PasswordLeast / 2
            ? null
            : Problems.BadBody("The password repeats few characters and can be guessed. Leave it out to have one made.");
    }

    private static GatewayItem Show(CityIndex city, string id, GatewayCredential[] credentials, long nowMs)
    {
        var registered = city.Snapshot.Gateway(id);
        var state = credentials.Length == 0 ? "none" : "ended";
        return new(
            id,
            registered?.Name ?? string.Empty,
            registered?.Office ?? string.Empty,
            registered is not null,
            $"{city.Id}/{id}",
            Array.Exists(credentials, c => c.IsValid(nowMs)) ? "proves" : state,
            [.. credentials.Select(c => GatewayCredentialItem.Of(c, nowMs))]);
    }

    private async Task<ApiProblem?> AddAsync(Principal who, GatewayCredential credential, string detail, CancellationToken cancellationToken)
    {
        await record.AppendAsync(LedgerEntryKind.Key, who, credential.City, detail, cancellationToken).ConfigureAwait(false);
        if (await store.AddAsync(credential, cancellationToken).ConfigureAwait(false) != AccountOutcome.Done)
        {
            return Problems.Conflict(
                $"The gateway has {GatewayLimits.CredentialsMax} valid credentials, or the installation {GatewayLimits.InstallationMax}, which is the limit. Revoke some first ('quartier gateway revoke').");
        }

        await book.ReadAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    private void End(string id)
    {
        digests.Forget(id);
        watch.End(GatewayAuthentication.Reference(id));
    }

    private string Make()
    {
        // 32 letters: each takes 5 of a byte's bits, so none is likelier than another.
        var bytes = new byte[PasswordLetters];
        random.GetBytes(bytes);
        return string.Concat(bytes.Select(b => Letters[b & 31]));
    }
}
