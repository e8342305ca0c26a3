from reelrec.cli import main

main()
