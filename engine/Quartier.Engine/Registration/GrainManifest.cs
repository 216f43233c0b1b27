namespace Quartier.Engine.Registration;

/// <summary>What an assembly offers to the engine. One is generated for every assembly with grains or grain interfaces.</summary>
public abstract class GrainManifest
{
    /// <summary>Names the assembly's grain interfaces and grain classes.</summary>
    public abstract void Describe(GrainManifestBuilder builder);
}
