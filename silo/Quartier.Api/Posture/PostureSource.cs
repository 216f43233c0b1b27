namespace Quartier.Api.Posture;

/// <summary>Who knows how the host stands; see <c>AddQuartierPosture</c>.</summary>
internal sealed record PostureSource(Func<PostureReport> Look);
