using System.Collections.Immutable;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Domain.Principals;
using Quartier.Domain.Registers;

namespace Quartier.Api.Native.Registers;

/// <summary>Contracts with third parties, and their end: for everybody, and with their keys for officers.</summary>
internal static class ContractRoutes
{
    private const string Base = "/cities/{city}/contracts";

    public static void Map(RouteGroupBuilder api, RouteGroupBuilder open)
    {
        api.MapGet(Base, ListAsync)
            .Describe("listContracts", "The contracts of the city's policy in force, whether they have ended, and the ids of the keys bound to them.")
            .Answers<ContractItem[]>(
                StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        open.MapGet(Base, ListOpen)
            .Describe("listOpenContracts", "With whom the city has contracts about data, for what, whether they pass data on, and until when.")
            .Answers<OpenContractItem[]>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        string city, HttpContext context, CityDirectory directory, RecordDesk desk, IAccountStore accounts, CancellationToken cancellationToken)
    {
        ApiProblem? problem = Permission.Refuse(Caller.Of(context), Right.SeeContracts, city);
        if (problem is not null || !directory.City(city).TryGet(out var found, out problem))
        {
            return problem;
        }

        var basis = desk.Basis(found);
        var keys = (await accounts.ListKeysAsync(cancellationToken).ConfigureAwait(false))
            .Where(k => k.City == city && k.Contract is not null && k.RevokedMs is null && k.UntilMs > basis.NowMs)
            .ToLookup(k => k.Contract!, k => k.Id, StringComparer.Ordinal);
        return Results.Json(
            [
                .. Contracts(basis).Select(c => new ContractItem(
                    c.Id, c.Partner, c.Streams, c.Purposes, c.Onward, new(c.UntilMs), c.UntilMs <= basis.NowMs, [.. keys[c.Id].Order(StringComparer.Ordinal)])),
            ],
            ApiJson.Api.ContractItemArray);
    }

    private static IResult ListOpen(string city, CityDirectory directory, RecordDesk desk)
    {
        if (!directory.City(city).TryGet(out var found, out var problem))
        {
            return problem;
        }

        var basis = desk.Basis(found);
        var names = Effective(basis).SelectMany(p => p.Purposes).DistinctBy(p => p.Id, StringComparer.Ordinal)
            .ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
        return Results.Json(
            [
                .. Contracts(basis).Select(c => new OpenContractItem(
                    c.Partner, [.. c.Purposes.Select(p => names.GetValueOrDefault(p, p))], c.Onward, new(c.UntilMs), c.UntilMs <= basis.NowMs)),
            ],
            ApiJson.Api.OpenContractItemArray);
    }

    /// <summary>Contracts stand in the city's document alone, which every district inherits.</summary>
    private static ImmutableArray<ContractDefinition> Contracts(RegisterBasis basis) =>
        [.. Effective(basis).SelectMany(p => p.Contracts).DistinctBy(c => c.Id, StringComparer.Ordinal).OrderBy(c => c.Id, StringComparer.Ordinal)];

    private static IEnumerable<PolicyDefinition> Effective(RegisterBasis basis) =>
        basis.Policies?.Districts.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Value.Merged) ?? [];
}
