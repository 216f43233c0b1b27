using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Contracts;
using Quartier.Contracts.Districts;

namespace Quartier.Api.Native.Why;

/// <summary>Explains decisions. Answers no values, hence asks for no permission to read.</summary>
internal static class WhyRoutes
{
    private static readonly QueryParameter Principal = new(
        "principal", QueryKind.Text, "Whose request: public, person:ID, office:ID, role:WORD, contract:ID; you when it is not given.");

    private static readonly QueryParameter Stream = new("stream", QueryKind.Text, "The datastream as gateway/sensor/property.");

    private static readonly QueryParameter Resolution = new("resolution", QueryKind.Word, "How fine.")
    {
        Words = [.. Words<Resolution>.All],
    };

    private static readonly QueryParameter Scope = new("scope", QueryKind.Word, "One sensor, or aggregates over cells.")
    {
        Words = [.. Words<ReadScope>.All],
    };

    public static void Map(RouteGroupBuilder api) => api.MapGet("/cities/{city}/why", ExplainAsync)
        .Describe(
            "why",
            "Explains a decision step by step. About others than oneself and the public only administrators, approvers and the data-protection officer may ask.",
            Principal,
            Stream,
            Resolution,
            Scope)
        .Answers<WhyAnswer>(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);

    private static async Task<IResult> ExplainAsync(
        string city, HttpContext context, CityDirectory directory, NamedPrincipals principals, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (!directory.City(city).TryGet(out var found, out var problem)
            || !QueryReader.Word(context.Request, Resolution).TryGet(out var resolution, out problem)
            || !QueryReader.Word(context.Request, Scope).TryGet(out var scope, out problem)
            || !StreamNames.Find(found, Stream, context.Request.Query[Stream.Name].ToString()).TryGet(out var stream, out problem)
            || (!QueryReader.Text(context.Request, Principal).TryGet(out var name, out problem) && problem is not null)
            || !(await principals.FindAsync(caller, found.Id, Principal, name, cancellationToken).ConfigureAwait(false)).TryGet(out var principal, out problem))
        {
            return problem;
        }

        var (sensor, datastream) = stream;
        var request = new ReadRequest(
            principal,
            caller.Purpose,
            CityIndex.KeyOf(sensor),
            datastream.Property,
            Words<Resolution>.Parse(resolution!),
            Words<ReadScope>.Parse(scope!));
        var grain = grains.GetGrain<IDistrictGrain>(GrainKeys.District(found.Id, sensor.District));
        var explained = await grain.Why(request).WaitAsync(cancellationToken).ConfigureAwait(false);
        var seesOthers = NamedPrincipals.MayAskAboutOthers(caller, found.Id);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(Answer(request, sensor.District, explained, seesOthers), ApiJson.Api.WhyAnswer);
    }

    private static WhyAnswer Answer(ReadRequest request, string district, ReadExplanation explained, bool seesOthers)
    {
        var decision = explained.Decision;
        return new(
            request.Principal.Reference,
            decision.Purpose ?? request.Purpose,
            $"{request.Sensor}/{request.Property}",
            district,
            Words<Resolution>.Of(request.Resolution),
            decision.Permitted,
            decision.Permitted ? null : Words<DenialReason>.Of(decision.Reason),
            decision.PolicyVersion.Length == 0 ? null : decision.PolicyVersion,
            decision.Grant,
            decision.Explanation,
            decision.Permitted ? null : Denials.Remedy(decision.Reason),
            decision.Obligations is { } obligations ? ObligationsItem.Of(obligations) : null,
            [.. explained.Steps.Where(s => seesOthers || !IsOfOthers(s)).Select(Show)]);
    }

    /// <summary>That somebody else is granted something, and for what, is nobody's business but theirs and the officers'.</summary>
    private static bool IsOfOthers(DecisionStep step) => step is { Step: "grant", Reason: DenialReason.NoGrant };

    private static WhyStep Show(DecisionStep step) => new(
        step.Step,
        step.Subject,
        step.Reason == DenialReason.None,
        step.Reason == DenialReason.None ? null : Words<DenialReason>.Of(step.Reason),
        step.Text);
}
