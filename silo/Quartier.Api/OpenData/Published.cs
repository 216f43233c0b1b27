using Quartier.Domain.Publication;

namespace Quartier.Api.OpenData;

/// <summary>What a permitted request for published cells found.</summary>
internal sealed record Published(PublishedStream Stream, PublicationQuery Query, IReadOnlyList<PublishedCell> Cells);
