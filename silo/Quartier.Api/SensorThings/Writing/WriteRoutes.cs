using System.Text.Json;
using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>The changing methods of <c>/v1.1</c> (OGC 18-088, 10 … 13); batches also in the JSON form of OASIS OData JSON Format 4.01, 19.</summary>
internal static class WriteRoutes
{
    private const string JsonPatchType = "application/json-patch+json";

    public static void Map(RouteGroupBuilder root)
    {
        root.WithMetadata(new BodyLimit(BodyLimits.MaxBytes)).ExcludeFromDescription();
        root.MapPost("/CreateObservations", CreateObservationsAsync);
        root.MapPost("/$batch", BatchRoutes.PostAsync);
        root.MapPost("/{**path}", PostAsync);
        root.MapPatch("/{**path}", PatchAsync);
        root.MapPut("/{**path}", PutAsync);
        root.MapDelete("/{**path}", DeleteAsync);
    }

    private static async Task<IResult> PostAsync(
        string path, HttpContext context, EntityWrites writes, ObservationWrites observations, CancellationToken cancellationToken)
    {
        if (!WriteTarget.Read(path).TryGet(out var target, out var problem)
            || !(await ReadAsync(context.Request, "application/json", cancellationToken).ConfigureAwait(false)).TryGet(out var body, out problem))
        {
            return problem;
        }

        using (body)
        {
            var caller = Caller.Of(context);
            if (target.Last.Kind == EntityKind.Observation)
            {
                return await observations.PostAsync(caller, target, body.RootElement, Root(context), cancellationToken).ConfigureAwait(false);
            }

            var written = await writes.CreateAsync(caller, target, body.RootElement, cancellationToken).ConfigureAwait(false);
            return written.TryGet(out var created, out problem) ? new CreatedAnswer($"{Root(context)}/{created.Path}") : problem;
        }
    }

    private static Task<IResult> PatchAsync(string path, HttpContext context, EntityWrites writes, ObservationChanges observations, CancellationToken cancellationToken)
    {
        var isPatch = context.Request.ContentType?.StartsWith(JsonPatchType, StringComparison.OrdinalIgnoreCase) == true;
        return ChangeAsync(path, context, (writes, observations), isPatch ? ChangeForm.Patch : ChangeForm.Merge, cancellationToken);
    }

    private static Task<IResult> PutAsync(string path, HttpContext context, EntityWrites writes, ObservationChanges observations, CancellationToken cancellationToken) =>
        ChangeAsync(path, context, (writes, observations), ChangeForm.Replace, cancellationToken);

    private static async Task<IResult> ChangeAsync(
        string path, HttpContext context, (EntityWrites Entities, ObservationChanges Observations) writes, ChangeForm form, CancellationToken cancellationToken)
    {
        var type = form == ChangeForm.Patch ? JsonPatchType : "application/json";
        if (!WriteTarget.Read(path).TryGet(out var target, out var problem)
            || !WrittenVersion.Read(context.Request.Headers).TryGet(out var version, out problem)
            || !(await ReadAsync(context.Request, type, cancellationToken).ConfigureAwait(false)).TryGet(out var body, out problem))
        {
            return problem;
        }

        using (body)
        {
            var written = target is { IsSet: false, Last.Kind: EntityKind.Observation }
                ? await writes.Observations.ChangeAsync(context, target, body.RootElement, form, version, cancellationToken).ConfigureAwait(false)
                : await writes.Entities.ChangeAsync(Caller.Of(context), target, body.RootElement, form, version, cancellationToken).ConfigureAwait(false);
            return written.TryGet(out _, out problem) ? new ChangedAnswer() : problem;
        }
    }

    private static async Task<IResult> DeleteAsync(
        string path, HttpContext context, EntityWrites writes, FeatureRemoval features, ObservationChanges observations, CancellationToken cancellationToken)
    {
        if (!WriteTarget.Read(path).TryGet(out var target, out var problem) || !WrittenVersion.Read(context.Request.Headers).TryGet(out var version, out problem))
        {
            return problem;
        }

        var written = target switch
        {
            { IsSet: false, Last.Kind: EntityKind.Observation } => await observations.WithdrawAsync(context, target, version, cancellationToken).ConfigureAwait(false),
            { IsSet: false, Last.Kind: EntityKind.FeatureOfInterest } => await features.RemoveAsync(context, target, version, cancellationToken).ConfigureAwait(false),
            _ => await writes.RemoveAsync(Caller.Of(context), target, version, cancellationToken).ConfigureAwait(false),
        };
        return written.TryGet(out _, out problem) ? new ChangedAnswer() : problem;
    }

    private static async Task<IResult> CreateObservationsAsync(HttpContext context, ObservationWrites observations, CancellationToken cancellationToken)
    {
        if (!(await ReadAsync(context.Request, "application/json", cancellationToken).ConfigureAwait(false)).TryGet(out var body, out var problem))
        {
            return problem;
        }

        using (body)
        {
            return await observations.PostArraysAsync(Caller.Of(context), body.RootElement, Root(context), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The root's address as the caller wrote it.</summary>
    internal static string Root(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host.Value}/v1.1";

    private static async Task<Outcome<JsonDocument>> ReadAsync(HttpRequest request, string type, CancellationToken cancellationToken)
    {
        if (request.ContentType is { } sent && !sent.StartsWith(type, StringComparison.OrdinalIgnoreCase))
        {
            return Problems.MediaType(sent, type);
        }

        if (!(await RequestBody.ReadAsync(request, BodyLimits.MaxBytes, cancellationToken).ConfigureAwait(false)).TryGet(out var bytes, out var problem))
        {
            return problem;
        }

        return BodyReader.Parse(bytes, out var wrong) is { } document ? document : WriteProblems.Body(wrong!);
    }
}
