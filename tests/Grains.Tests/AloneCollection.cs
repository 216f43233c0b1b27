namespace Grains.Tests;

/// <summary>Tests of this collection run while no other does.</summary>
[CollectionDefinition(nameof(TwinSizeTests), DisableParallelization = true)]
public sealed class AloneCollection;
