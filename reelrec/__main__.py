from reelrec.cli.main import main

main()
