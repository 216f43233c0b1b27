using System.Globalization;
using System.Text;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Policies;
using Quartier.Domain.Policies;
using Quartier.Domain.Principals;

namespace Quartier.Api.Native.Policies;

/// <summary>Policies: proposed by one person, approved by another, and what holds in each district.</summary>
internal static class PolicyRoutes
{
    private const string Root = "/cities/{city}/policies";

    private static readonly QueryParameter District = new(
        "district", QueryKind.Text, "Id of the district whose document is meant; absent for the city's own.")
    {
        Maximum = 64,
    };

    private static readonly QueryParameter Effective = new("effective", QueryKind.Instant, "When it is to take effect; absent for on approval.");

    public static void Map(RouteGroupBuilder api)
    {
        var policies = api.MapGroup(Root);
        policies.MapGet("/effective/{district}", EffectiveAsync)
            .Describe("getEffectivePolicy", "What holds in a district and where each entry comes from. Grants of single persons are shown to officers alone.")
            .Answers<EffectivePolicyItem>(StatusCodes.Status404NotFound);
        api.MapGet(Root, ListAsync)
            .Describe("listPolicies", "All versions of the documents of a city and its districts, each document's newest first.", District)
            .Answers<PolicyVersionItem[]>(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        policies.MapGet("/{version}", GetAsync)
            .Describe("getPolicy", "The file of one version.", District)
            .Answers<string>(YamlBody.MediaType, Refusals);
        policies.MapGet("/{version}/difference", CompareVersionAsync)
            .Describe("comparePolicyVersion", "What a version would change if it were in force now.", District)
            .Answers<PolicyDifferenceItem>([.. Refusals, StatusCodes.Status422UnprocessableEntity]);
        MapFiles(api, policies);
        policies.MapPost("/{version}/approve", ApproveAsync)
            .Describe("approvePolicy", "Approves what another person has proposed; it takes effect at its time, or at once when that has passed.", District)
            .Answers<PolicyAnswerItem>([.. Refusals, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity]);
        policies.MapPost("/{version}/withdraw", WithdrawAsync)
            .Describe("withdrawPolicy", "Withdraws a proposal, rejects another person's, or withdraws an approved version before it takes effect.", District)
            .Answers<PolicyAnswerItem>([.. Refusals, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity]);
    }

    private static int[] Refusals =>
        [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound];

    private static int[] FileRefusals =>
    [
        .. Refusals, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
        StatusCodes.Status422UnprocessableEntity,
    ];

    private static void MapFiles(RouteGroupBuilder api, RouteGroupBuilder policies)
    {
        var limit = new BodyLimit(PolicyFile.MaxBytes);
        api.MapPost(Root, ProposeAsync)
            .Describe("proposePolicy", "Proposes a policy file (YAML, at most 1 MiB) as the next version of its document.", Effective)
            .WithMetadata(limit, YamlBody.MediaTypes)
            .Answers<PolicyAnswerItem>(FileRefusals);
        policies.MapPost("/check", CheckAsync)
            .Describe("checkPolicy", "Whether a policy file could be proposed; changes nothing.")
            .WithMetadata(limit, YamlBody.MediaTypes)
            .Answers<PolicyAnswerItem>(FileRefusals);
        policies.MapPost("/difference", CompareAsync)
            .Describe("comparePolicy", "Who would gain or lose what by a policy file, and which stored readings would expire earlier; changes nothing.")
            .WithMetadata(limit, YamlBody.MediaTypes)
            .Answers<PolicyDifferenceItem>(FileRefusals);
    }

    private static async Task<IResult> EffectiveAsync(
        string city, string district, HttpContext context, CityDirectory directory, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!directory.City(city).TryGet(out var found, out var problem) || !CityDirectory.District(found, district).TryGet(out _, out problem))
        {
            return problem;
        }

        var view = await grains.GetGrain<IPolicyGrain>(city).Effective(district).WaitAsync(cancellationToken).ConfigureAwait(false);
        return view is null
            ? Problems.Create(
                StatusCodes.Status404NotFound,
                "no-policy",
                "No policy",
                $"No policy is in force in {city}/{district}: everything that is measured there is in quarantine. Propose one with POST /api/cities/{city}/policies.")
            : Results.Json(
                PolicyViews.Show(district, view, Rights.Allows(Caller.Of(context).Principal, Right.SeePolicies, city)), ApiJson.Api.EffectivePolicyItem);
    }

    private static async Task<IResult> ListAsync(
        string city, HttpContext context, CityDirectory directory, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (Refuse(city, context, directory, Right.SeePolicies) is { } refusal)
        {
            return refusal;
        }

        if (!QueryReader.Text(context.Request, District).TryGet(out var district, out var problem))
        {
            return problem;
        }

        var versions = await grains.GetGrain<IPolicyGrain>(city).List().WaitAsync(cancellationToken).ConfigureAwait(false);
        PolicyVersionItem[] listed = [.. versions.Where(v => district is null || v.District == district).Select(PolicyVersionItem.Of)];

        // A district that is gone has a history still; one that never was has not, and an empty list would hide a slip of the pen.
        return listed.Length == 0 && district is not null && directory.City(city).TryGet(out var index, out _)
            && !CityDirectory.District(index, district).TryGet(out _, out problem)
                ? problem
                : Results.Json(listed, ApiJson.Api.PolicyVersionItemArray);
    }

    private static async Task<IResult> GetAsync(
        [AsParameters] PolicyAddress address, HttpContext context, CityDirectory directory, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!Read(address, context, directory, Right.SeePolicies).TryGet(out var named, out var problem))
        {
            return problem;
        }

        var document = await grains.GetGrain<IPolicyGrain>(address.City).Get(named.District, named.Version).WaitAsync(cancellationToken).ConfigureAwait(false);
        return document is null ? Unknown(address) : Results.Text(document.Yaml, YamlBody.MediaType, Encoding.UTF8);
    }

    private static async Task<IResult> CompareVersionAsync(
        [AsParameters] PolicyAddress address, HttpContext context, CityDirectory directory, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!Read(address, context, directory, Right.SeePolicies).TryGet(out var named, out var problem))
        {
            return problem;
        }

        var grain = grains.GetGrain<IPolicyGrain>(address.City);
        var difference = await grain.CompareVersion(named.District, named.Version).WaitAsync(cancellationToken).ConfigureAwait(false);
        return difference is null ? Unknown(address) : Answer(difference);
    }

    private static async Task<IResult> ProposeAsync(
        string city, HttpContext context, CityDirectory directory, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (Refuse(city, context, directory, Right.ProposePolicy) is { } refusal)
        {
            return refusal;
        }

        if (!QueryReader.Instant(context.Request, Effective).TryGet(out var effective, out var problem)
            || !(await YamlBody.ReadAsync(context.Request, PolicyFile.MaxBytes, cancellationToken).ConfigureAwait(false)).TryGet(out var yaml, out problem))
        {
            return problem;
        }

        // Not cancelled with the request: once recorded it is done whole.
        var by = Caller.Of(context).Principal.Reference;
        return Answer(await grains.GetGrain<IPolicyGrain>(city).Propose(yaml, by, effective ?? 0).ConfigureAwait(false));
    }

    private static async Task<IResult> CheckAsync(
        string city, HttpContext context, CityDirectory directory, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (Refuse(city, context, directory, Right.SeePolicies) is { } refusal)
        {
            return refusal;
        }

        var read = await YamlBody.ReadAsync(context.Request, PolicyFile.MaxBytes, cancellationToken).ConfigureAwait(false);
        return read.TryGet(out var yaml, out var problem)
            ? Answer(await grains.GetGrain<IPolicyGrain>(city).Check(yaml).WaitAsync(cancellationToken).ConfigureAwait(false))
            : problem;
    }

    private static async Task<IResult> CompareAsync(
        string city, HttpContext context, CityDirectory directory, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (Refuse(city, context, directory, Right.SeePolicies) is { } refusal)
        {
            return refusal;
        }

        var read = await YamlBody.ReadAsync(context.Request, PolicyFile.MaxBytes, cancellationToken).ConfigureAwait(false);
        return read.TryGet(out var yaml, out var problem)
            ? Answer(await grains.GetGrain<IPolicyGrain>(city).Compare(yaml).WaitAsync(cancellationToken).ConfigureAwait(false))
            : problem;
    }

    private static async Task<IResult> ApproveAsync(
        [AsParameters] PolicyAddress address, HttpContext context, CityDirectory directory, IGrainFactory grains)
    {
        if (!Read(address, context, directory, Right.ApprovePolicy).TryGet(out var named, out var problem))
        {
            return problem;
        }

        var by = Caller.Of(context).Principal.Reference;
        return Answer(await grains.GetGrain<IPolicyGrain>(address.City).Approve(named.District, named.Version, by).ConfigureAwait(false));
    }

    private static async Task<IResult> WithdrawAsync(
        [AsParameters] PolicyAddress address, HttpContext context, CityDirectory directory, IGrainFactory grains)
    {
        var caller = Caller.Of(context).Principal;
        var right = Rights.Allows(caller, Right.ApprovePolicy, address.City) ? Right.ApprovePolicy : Right.ProposePolicy;
        if (!Read(address, context, directory, right).TryGet(out var named, out var problem))
        {
            return problem;
        }

        return Answer(await grains.GetGrain<IPolicyGrain>(address.City).Withdraw(named.District, named.Version, caller.Reference).ConfigureAwait(false));
    }

    private static ApiProblem? Refuse(string city, HttpContext context, CityDirectory directory, Right right)
    {
        if (Permission.Refuse(Caller.Of(context), right, city) is { } refusal)
        {
            return refusal;
        }

        return directory.City(city).TryGet(out _, out var problem) ? null : problem;
    }

    private static Outcome<(string? District, long Version)> Read(PolicyAddress address, HttpContext context, CityDirectory directory, Right right)
    {
        if (Refuse(address.City, context, directory, right) is { } refusal)
        {
            return refusal;
        }

        if (!QueryReader.Text(context.Request, District).TryGet(out var district, out var problem))
        {
            return problem;
        }

        return long.TryParse(address.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (district, version)
            : Problems.BadParameter("version", address.Version, "a version is a whole number from 1. GET /api/cities/{city}/policies lists them.");
    }

    private static ApiProblem Unknown(PolicyAddress address) =>
        Problems.Unknown("version of this document", address.Version, [], $"GET /api/cities/{address.City}/policies lists them.");

    private static IResult Answer(PolicyAnswer answer) => PolicyProblems.Of(answer) ?? Results.Json(
        new PolicyAnswerItem(Words<PolicyOutcome>.Of(answer.Outcome), answer.Version is { } version ? PolicyVersionItem.Of(version) : null),
        ApiJson.Api.PolicyAnswerItem);

    private static IResult Answer(PolicyDifference difference) => difference.Problems.IsEmpty
        ? Results.Json(PolicyDifferenceItem.Of(difference), ApiJson.Api.PolicyDifferenceItem)
        : PolicyProblems.Unsound(difference.Problems);
}
