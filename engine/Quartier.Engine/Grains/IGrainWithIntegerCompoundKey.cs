namespace Orleans;

/// <summary>A grain whose key is a 64-bit integer with a string extension.</summary>
public interface IGrainWithIntegerCompoundKey : IGrain
{
}
