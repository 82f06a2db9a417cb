namespace ActorImaging.Fuzz.Mutators;

/// <summary>Makes another file of a file.</summary>
internal interface IMutator
{
    /// <summary>Changes something.</summary>
    /// <param name="file">The file.</param>
    /// <param name="other">Another of the same format.</param>
    /// <param name="random">What decides.</param>
    byte[] Mutate(byte[] file, byte[] other, Random random);
}
