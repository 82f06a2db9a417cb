namespace ActorImaging.Imaging.Jpeg;

/// <summary>What is wrong with the compressed pixels of a JPEG, each kind noted once.</summary>
/// <param name="notes">Are told.</param>
internal sealed class JpegDamages(ICollection<string> notes)
{
    private readonly HashSet<string> _noted = [];

    /// <summary>The data end before the pixels do.</summary>
    public void EndsEarly() => Note("its JPEG data end early");

    /// <summary>There are codes that no symbol has, or coefficients behind the last one.</summary>
    public void HasFaults() => Note("its JPEG data are damaged: there are codes that can't be");

    /// <summary>The data of a part go on behind its end.</summary>
    public void GoesOn() => Note("its JPEG data are damaged: they go on where its pixels end");

    /// <summary>Restarts are missing, or not in order.</summary>
    public void LacksRestart() => Note("its JPEG data are damaged: a restart is missing");

    /// <summary>No scan has a component.</summary>
    public void LacksComponent() => Note("its JPEG data end early: there is no scan of one of its components");

    private void Note(string damage)
    {
        if (_noted.Add(damage))
        {
            notes.Add(damage);
        }
    }
}
