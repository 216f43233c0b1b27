using Quartier.Gateway.Commands;

namespace Quartier.Cli.Demo;

/// <summary>How to run the demo.</summary>
/// <param name="Silo">The silo's program; null to find it.</param>
/// <param name="DataDirectory">Where the silo keeps its data; null for a temporary directory.</param>
/// <param name="Port">HTTP port; 0 for any free one.</param>
/// <param name="Speed">How fast the month passes.</param>
/// <param name="Keep">True to keep a temporary directory.</param>
internal sealed record DemoSettings(string? Silo, string? DataDirectory, int Port, ReplaySpeed Speed, bool Keep);
