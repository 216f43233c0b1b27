using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Contracts.Backups;
using Quartier.Contracts.Principals;
using Quartier.Domain.Principals;

namespace Quartier.Api.Native.Backups;

/// <summary>Backups, for administrators: a copy holds everything, whatever policies say.</summary>
internal static class BackupRoutes
{
    private static readonly int[] Refusals =
        [StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/backups", ListAsync)
            .Describe("listBackups", "The complete backups with the day on which each expires, oldest first.")
            .Answers<BackupItem[]>(Refusals);
        api.MapPost("/backups", MakeAsync)
            .Describe("makeBackup", "Copies everything that is stored, while it is in use, to the directory given at start.")
            .Answers<BackupItem>(Refusals);
        api.MapPost("/backups/prune", PruneAsync)
            .Describe("pruneBackups", "Removes backups that have expired, recorded in the ledger; answers with those.")
            .Answers<BackupItem[]>(Refusals);
        api.MapPost("/backups/verification", VerifyAsync)
            .Describe("verifyBackups", "Compares every file of every backup with its manifest.")
            .Answers<BackupVerification>(Refusals);
    }

    private static async Task<IResult> ListAsync(HttpContext context, BackupDesk desk, CancellationToken cancellationToken) =>
        Open(context, desk).TryGet(out var opened, out var problem)
            ? Answer(await opened.Store.ListAsync(cancellationToken).ConfigureAwait(false))
            : problem;

    private static async Task<IResult> MakeAsync(HttpContext context, BackupDesk desk, CancellationToken cancellationToken) =>
        Open(context, desk).TryGet(out var opened, out var problem)
            ? Results.Json(BackupItem.Of(await desk.MakeAsync(opened.Store, By(context), cancellationToken).ConfigureAwait(false)), ApiJson.Api.BackupItem)
            : problem;

    private static async Task<IResult> PruneAsync(HttpContext context, BackupDesk desk, CancellationToken cancellationToken) =>
        Open(context, desk).TryGet(out var opened, out var problem)
            ? Answer(await desk.PruneAsync(opened.Store, By(context), cancellationToken).ConfigureAwait(false))
            : problem;

    private static async Task<IResult> VerifyAsync(HttpContext context, BackupDesk desk, CancellationToken cancellationToken)
    {
        if (!Open(context, desk).TryGet(out var opened, out var problem))
        {
            return problem;
        }

        var findings = await opened.Store.VerifyAsync(cancellationToken).ConfigureAwait(false);
        return Results.Json(new BackupVerification(findings.IsEmpty, findings), ApiJson.Api.BackupVerification);
    }

    private static IResult Answer(ImmutableArray<BackupManifest> backups) =>
        Results.Json([.. backups.Select(BackupItem.Of)], ApiJson.Api.BackupItemArray);

    private static string By(HttpContext context) => Caller.Of(context).Principal.Reference;

    private static Outcome<Opened> Open(HttpContext context, BackupDesk desk)
    {
        var principal = Caller.Of(context).Principal;
        if (!Rights.Allows(principal, Right.BackUp, city: null))
        {
            return Problems.Forbidden(principal.City is { } city && principal.Has(Role.Administrator)
                ? $"{principal.Reference} administers {city} alone, and a backup holds every city. Sign in as an administrator of all."
                : $"{principal.Reference} is no administrator, and a backup holds everything. Sign in as one.");
        }

        return desk.Store is { } store
            ? new Opened(store)
            : Problems.Create(
                StatusCodes.Status409Conflict, "no-backups", "There is no place for backups", "The silo was started without --backups DIR. Start it with one.");
    }

    private sealed record Opened(IBackupStore Store);
}
