using Microsoft.AspNetCore.Mvc;
using Quartier.Api.Native.Districts;
using Quartier.Api.Native.Readings;
using Quartier.Api.Questions;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;

namespace Quartier.Api.Native.Exports;

/// <summary>What an export is made with.</summary>
internal sealed record ExportParts(
    [FromServices] Decisions Decisions,
    [FromServices] DatastreamReader Reader,
    [FromServices] IReadingStore Store,
    [FromServices] ExportRows Rows,
    [FromServices] ReadRecord Record,
    [FromServices] OpenQuestion Question,
    [FromServices] ILedger Ledger,
    [FromServices] TimeProvider Time);
